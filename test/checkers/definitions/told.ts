import type {
  Commit,
  Discard,
  Failover,
  FinalState,
  ObservedOperation,
  Reconciliation,
  RunOutline,
} from '../../../src/model/observer';
import { isMeasured } from '../../../src/model/operation';
import type { History } from '../../support/history-notation';
import type { Moment } from '../../support/notation/moments';

/** An operation with the places of its events in the order of all: times may tie, places do not. */
export interface ToldOperation extends ObservedOperation {
  readonly sentAt: number;
  /** Beyond every place if it is under way at the end. */
  readonly endedAt: number;
}

/** A history as the definitions look at it: all at once. */
export interface Told {
  readonly outline: RunOutline;
  readonly operations: readonly ToldOperation[];
  readonly moments: readonly Moment[];
  readonly commits: readonly Commit[];
  readonly discards: readonly Discard[];
  readonly reconciliations: readonly Reconciliation[];
  readonly failovers: readonly Failover[];
  readonly states: readonly FinalState[];
  readonly settledAtMs: number;
}

/** Where an anomaly showed; null: in no operation. */
export interface Showing {
  readonly atMs: number;
  readonly operation: number | null;
}

/** What a definition says of a history. */
export interface Verdict {
  readonly count: number;
  readonly affected: number;
  readonly relevant: number;
  /** In any order. */
  readonly shown: readonly Showing[];
}

export function toldOf({
  outline,
  moments,
  states,
  settledAtMs,
}: Omit<History, 'text' | 'events' | 'open'>): Told {
  const ends = new Map<number, number>();
  moments.forEach((moment, place) => {
    if (moment.kind === 'ENDED') ends.set(moment.operation.id, place);
  });
  const operations = moments.flatMap((moment, sentAt) =>
    moment.kind === 'INVOKED'
      ? [{ ...moment.operation, sentAt, endedAt: ends.get(moment.operation.id) ?? Infinity }]
      : [],
  );
  return {
    outline,
    operations,
    moments,
    commits: moments.flatMap((moment) => (moment.kind === 'COMMITTED' ? [moment.commit] : [])),
    discards: moments.flatMap((moment) => (moment.kind === 'DISCARDED' ? [moment.discard] : [])),
    reconciliations: moments.flatMap((moment) =>
      moment.kind === 'RECONCILED' ? [moment.reconciliation] : [],
    ),
    failovers: moments.flatMap((moment) => (moment.kind === 'FAILED_OVER' ? [moment.failover] : [])),
    states,
    settledAtMs,
  };
}

/** What can show an anomaly: operations answered OK that arrived in [0, durationMs). */
export function judged(
  { operations, outline }: Told,
  kind: ObservedOperation['kind'],
): readonly ToldOperation[] {
  return operations.filter(
    (operation) => operation.kind === kind && operation.outcome === 'OK' && isMeasured(operation, outline),
  );
}

export function endedBeforeSent(earlier: ToldOperation, later: ToldOperation): boolean {
  return earlier.endedAt < later.sentAt;
}

/** Each of these operations shows the anomaly as it ends. */
export function shownIn(shown: readonly ToldOperation[], relevant: number): Verdict {
  const showings = shown.map(({ completedAtMs, id }) => ({ atMs: completedAtMs, operation: id }));
  return verdictOf(showings, relevant);
}

export function verdictOf(shown: readonly Showing[], relevant: number): Verdict {
  return { count: shown.length, affected: shown.length, relevant, shown };
}
