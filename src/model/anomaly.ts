import type { Operation } from './operation';

/** The anomalies that are judged without a search. Definitions: `docs/semantics.md` §4. */
export const ANOMALY_KINDS = [
  'STALE_READ',
  'READ_YOUR_WRITES',
  'MONOTONIC_READS',
  'MONOTONIC_WRITES',
  'WRITES_FOLLOW_READS',
  'CONSISTENT_PREFIX',
  'LOST_WRITE',
  'DIRTY_READ',
  'DROPPED_UPDATE',
  'CONFLICT',
  'SPLIT_BRAIN',
  'DIVERGENCE',
  'RESURRECTED_DELETE',
  'INVARIANT',
  'FALSE_FAILOVER',
] as const;
export type AnomalyKind = (typeof ANOMALY_KINDS)[number];

/** The operations that prove an anomaly, and the words that make a reader see it. */
export interface Witness {
  readonly repetition: number;
  /** When the anomaly showed, simulated milliseconds. */
  readonly atMs: number;
  readonly explanation: string;
  /**
   * In the order of their invocation, but that the last one is where the anomaly showed. Without any of them it is none. What replicas
   * or nodes show by themselves, as a divergence, needs none.
   */
  readonly operations: readonly Operation[];
}

/** Count, what it is a share of, and the first witnesses by repetition, time and operation. */
export interface AnomalyTally {
  readonly kind: AnomalyKind;
  readonly count: number;
  /** In how many of the relevant it showed: the count, but where one can show in two (CONFLICT). */
  readonly affected: number;
  /** That in which the anomaly could have shown: mostly operations. Each checker's README says which. */
  readonly relevant: number;
  /** Of these, what could not be judged, since it would have taken more memory than there is. */
  readonly unjudged: number;
  readonly witnesses: readonly Witness[];
}

export const WITNESSES_KEPT = 10;
