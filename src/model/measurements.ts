import type { AnomalyTally } from './anomaly';
import type { EncodedHistogram } from './histogram';
import type { FaultKind } from './observer';
import type { OperationKind, Outcome } from './operation';

export const OUTAGES_KEPT = 100;
export const TIMELINE_EVENTS_KEPT = 100;

/** Latencies of one kind, datacenter and outcome; its count is the number of such operations. */
export interface LatencyMeasurement {
  readonly kind: OperationKind;
  readonly datacenter: string | null;
  readonly outcome: Outcome;
  readonly histogram: EncodedHistogram;
}

export interface ReplicaLag {
  /** The replica's name. */
  readonly replica: string;
  readonly histogram: EncodedHistogram;
  /** Writes committed at the leader and not applied here by the end of settle. */
  readonly unapplied: number;
}

/** A stretch of time in which clients of a datacenter got no OK answer though they asked. */
export interface Outage {
  readonly repetition: number;
  readonly datacenter: string | null;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A fault, or its end, as it happened. */
export interface TimelineEvent {
  readonly repetition: number;
  readonly atMs: number;
  readonly kind: FaultKind | 'CLIENTS_STOPPED' | 'SETTLED';
  /** The one node that it happened to; null if to none or to several. */
  readonly node: string | null;
  readonly message: string;
}

/**
 * What one run, or any number of runs of one configuration, measured.
 *
 * Plain, canonical data: lists are sorted by their keys, numbers are integers or exact doubles, so that merging
 * in any order gives the same bytes. Histograms are of integer nanoseconds.
 */
export interface Measurements {
  readonly runs: number;
  readonly convergedRuns: number;
  readonly latencies: readonly LatencyMeasurement[];
  readonly replicationLag: readonly ReplicaLag[];
  /** From acknowledgement to the apply at the last replica. */
  readonly visibilityLag: { readonly histogram: EncodedHistogram; readonly unapplied: number };
  /** From the last fault or write to equal replicas, of the runs that converged. */
  readonly convergenceTime: EncodedHistogram;
  readonly anomalies: readonly AnomalyTally[];
  /** The longest, at most `OUTAGES_KEPT`, listed by repetition, datacenter and time. */
  readonly outages: readonly Outage[];
  readonly longestOutageMs: number;
  /** The first by repetition and time, at most `TIMELINE_EVENTS_KEPT`. */
  readonly timeline: readonly TimelineEvent[];
  readonly cost: { readonly messages: number; readonly bytes: number; readonly events: number };
}
