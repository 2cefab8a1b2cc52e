import { lsnIn } from '../../support/lsn-in';
import type { Chronicle } from '../../engine/scene';

export const writesOf = ({ ended }: Chronicle) => ended.filter(({ kind }) => kind === 'WRITE');
export const readsOf = ({ ended }: Chronicle) =>
  ended.filter(({ kind, outcome }) => kind === 'READ' && outcome === 'OK');
export const appliedBy = ({ applications }: Chronicle, node: number) =>
  applications.filter(({ replica }) => replica === node).map(({ operation }) => operation);
export const committed = ({ commits }: Chronicle) => commits.map(({ operation }) => operation);
export const faultsOf = ({ faults }: Chronicle) =>
  faults.map(({ kind, node, atMs }) => `${atMs}: ${kind} ${node}`);

/** Lag of each application: from the commit to the apply. */
export function lagsOf({ commits, applications }: Chronicle, node: number): number[] {
  const committedAt = new Map(commits.map(({ operation, atMs }) => [operation, atMs]));
  return applications
    .filter(({ replica }) => replica === node)
    .map(({ operation, atMs }) => atMs - (committedAt.get(operation) ?? NaN));
}

/** Reads that return an older version than one acknowledged before they began. */
export function staleReadsOf(run: Chronicle): number {
  return readsOf(run).filter(({ key, invokedAtMs, version }) => {
    const known = writesOf(run).filter(
      (write) => write.key === key && write.outcome === 'OK' && write.completedAtMs <= invokedAtMs,
    );
    const newest = known.reduce((lsn, write) => Math.max(lsn, lsnIn(write.version)), 0);
    return lsnIn(version) < newest;
  }).length;
}

/** Whether its session was free for it before the clients stopped. */
export function isSent({ invoked }: Chronicle, id: number): boolean {
  return invoked.some((operation) => operation.id === id);
}
