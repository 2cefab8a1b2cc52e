import { invariant } from '../../../src/model/invariant';
import type { Commit, CopiedState, Discard, FinalState } from '../../../src/model/observer';
import type { Operation } from '../../../src/model/operation';
import type { LogVersion } from '../../../src/model/version';
import { logVersionOf } from '../../../src/protocols/single-leader/log/replication-log';
import { FIRST_EPOCH } from '../../../src/protocols/single-leader/messages';
import { Chronicle } from '../../engine/scene';

interface Entry extends LogVersion {
  readonly operation: number;
}

/** An acknowledged write, and how many of the replicas have it at the end. */
export interface Kept {
  readonly operation: Operation;
  readonly replicas: number;
}

const isSame = (one: Entry, other: Entry) =>
  one.epoch === other.epoch && one.lsn === other.lsn && one.operation === other.operation;

/**
 * Follows every replica's log by what is told of it, and insists that each entry has its place: commits and applications come
 * one after the other, and only what is behind them all goes.
 */
export class LogWitness extends Chronicle {
  readonly discards: Discard[] = [];
  readonly kept: Kept[] = [];
  /** By replica, then shard. From a copy on, only what follows it is known. */
  private readonly logs = new Map<string, Entry[]>();
  private readonly endOfCopy = new Map<string, number>();
  /** The writes of an operation: one that a link duplicated has several. */
  private readonly commitsOf = new Map<number, (Entry & { readonly key: number })[]>();
  private readonly byVersion = new Map<string, Entry>();
  private replicas = 0;

  /** @param initialLsns by replica, where its log ends before the run */
  constructor(
    keys: number,
    private readonly shardOf: (key: number) => number,
    initialLsns: readonly number[] = [],
  ) {
    super(keys);
    initialLsns.forEach((lsn, replica) => this.endOfCopy.set(`${replica} 0`, lsn));
  }

  /** What an operation became, by version: an LSN of an epoch is that of one write. */
  override committed(commit: Commit): void {
    super.committed(commit);
    const { key, operation, node } = commit;
    const entry = { ...logVersionOf(commit.version), operation };
    const shard = this.shardOf(key);
    const name = `${shard} ${entry.epoch} ${entry.lsn}`;
    invariant(!this.byVersion.has(name), `two commits of one version: ${name}`);
    this.byVersion.set(name, entry);
    this.commitsOf.set(operation, [...(this.commitsOf.get(operation) ?? []), { ...entry, key }]);
    this.append(node, shard, entry);
  }

  override applied(replica: number, operation: number, atMs: number): void {
    super.applied(replica, operation, atMs);
    if (operation < 0) {
      this.append(replica, 0, { epoch: FIRST_EPOCH, lsn: -operation, operation });
      return;
    }
    const commits = this.commitsOf.get(operation) ?? [];
    invariant(commits.length > 0, 'what was applied had been committed');
    const shard = this.shardOf(commits[0].key);
    const next = this.endOf(replica, shard) + 1;
    const entry = commits.filter(({ lsn }) => lsn === next).at(-1);
    invariant(
      entry !== undefined,
      `replica ${replica} applied ${operation} out of turn at ${next}, as ${JSON.stringify(commits)}`,
    );
    this.append(replica, shard, entry);
  }

  override discarded(discard: Discard): void {
    super.discarded(discard);
    this.discards.push(structuredClone(discard));
    const shard = this.shardOf(discard.key);
    const { lsn } = logVersionOf(discard.version);
    const log = this.logOf(discard.node, shard);
    const place = log.findIndex((entry) => entry.lsn >= lsn);
    // The rest of the tail goes with it; of what was durable and not yet applied nothing was told.
    if (place !== -1) log.length = place;
    const copied = `${discard.node} ${shard}`;
    this.endOfCopy.set(copied, Math.min(lsn - 1, this.endOfCopy.get(copied) ?? 0));
  }

  override copied(state: CopiedState): void {
    super.copied(state);
    const place = `${state.replica} ${state.shard}`;
    this.logs.set(place, []);
    this.endOfCopy.set(place, logVersionOf(state.version).lsn);
  }

  override settled(atMs: number, states: readonly FinalState[]): void {
    super.settled(atMs, states);
    this.replicas = states.length;
    for (const operation of this.ended) {
      const { id, key, kind, outcome, version } = operation;
      if (kind !== 'WRITE' || outcome !== 'OK' || version === null) continue;
      const write = { operation: id, key, version };
      this.kept.push({ operation, replicas: states.filter((state) => state.holds(write)).length });
    }
  }

  /** Acknowledged writes that no replica has at the end, and those that all have. */
  get fates(): { readonly acknowledged: number; readonly lost: readonly Operation[]; readonly kept: number } {
    return {
      acknowledged: this.kept.length,
      lost: this.kept.filter(({ replicas }) => replicas === 0).map(({ operation }) => operation),
      kept: this.kept.filter(({ replicas }) => replicas === this.replicas).length,
    };
  }

  /** Of two replicas' logs of a shard, as far as they are known of both, the first entries that differ. */
  differenceOf(one: number, other: number, shard: number): readonly [Entry, Entry] | null {
    const theirs = new Map(this.logOf(other, shard).map((entry) => [entry.lsn, entry]));
    for (const entry of this.logOf(one, shard)) {
      const counterpart = theirs.get(entry.lsn);
      if (counterpart !== undefined && !isSame(entry, counterpart)) return [entry, counterpart];
    }
    return null;
  }

  endOf(replica: number, shard: number): number {
    return this.logOf(replica, shard).at(-1)?.lsn ?? this.endOfCopy.get(`${replica} ${shard}`) ?? 0;
  }

  private append(replica: number, shard: number, entry: Entry): void {
    const end = this.endOf(replica, shard);
    const epoch = this.logOf(replica, shard).at(-1)?.epoch ?? 0;
    invariant(entry.lsn === end + 1, `replica ${replica} has ${entry.lsn} after ${end}`);
    invariant(entry.epoch >= epoch, `replica ${replica} has epoch ${entry.epoch} after ${epoch}`);
    this.logOf(replica, shard).push(entry);
  }

  private logOf(replica: number, shard: number): Entry[] {
    const place = `${replica} ${shard}`;
    const log = this.logs.get(place) ?? [];
    this.logs.set(place, log);
    return log;
  }
}
