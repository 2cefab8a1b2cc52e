import type { Operation } from './operation';

/** The anomalies that can be counted today; each later checker adds its own. Definitions: `docs/semantics.md` §4. */
export const ANOMALY_KINDS = ['STALE_READ', 'READ_YOUR_WRITES', 'MONOTONIC_READS'] as const;
export type AnomalyKind = (typeof ANOMALY_KINDS)[number];

/** The operations that prove an anomaly, and the words that make a reader see it. */
export interface Witness {
  readonly repetition: number;
  /** When the anomaly showed, simulated milliseconds. */
  readonly atMs: number;
  readonly explanation: string;
  /** In the order of their invocation; the last one is where the anomaly showed. */
  readonly operations: readonly Operation[];
}

/** Count, what it is a share of, and the first witnesses by repetition, time and operation. */
export interface AnomalyTally {
  readonly kind: AnomalyKind;
  readonly count: number;
  /** Operations in which the anomaly could have shown (reads answered OK for the three above). */
  readonly relevant: number;
  readonly witnesses: readonly Witness[];
}

export const WITNESSES_KEPT = 10;
