import type { AnomalyTally } from './anomaly';
import type { DelayCount } from './delay-counts';
import type { EncodedHistogram } from './histogram';
import type { DurationSeries } from './interval-columns';
import type { FaultKind, NoticeKind } from './observer';
import type { OperationFigures } from './operation-columns';
import type { OperationKind, Outcome } from './operation';
import type { ReplicationMeasurements } from './replication-measurements';
import type { KStaleness } from './staleness-counts';

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

/** A fault or its end, or what a protocol did, as it happened. */
export interface TimelineEvent {
  readonly repetition: number;
  readonly atMs: number;
  readonly kind: FaultKind | NoticeKind | 'CLIENTS_STOPPED' | 'SETTLED' | 'TRUNCATED';
  /** The one node that it happened to, or that did it; null if that are none or several. */
  readonly node: string | null;
  readonly message: string;
}

/** How operations of one kind and datacenter fared over time. */
export interface OperationSeries extends OperationFigures {
  readonly kind: OperationKind;
  readonly datacenter: string | null;
}

/** The course of the measured duration, cut into `SERIES_INTERVALS` equal intervals. */
export interface Series {
  readonly operations: readonly OperationSeries[];
  /**
   * Replication lag at all replicas, by the interval of the write's commit; a write that was committed after the end of
   * the duration counts in the last.
   */
  readonly replicationLag: DurationSeries;
}

/**
 * Reads answered OK whose key had an acknowledged write when they were sent, by the time from the acknowledgement of the
 * newest of those writes to the send.
 */
export interface TVisibility {
  readonly reads: EncodedHistogram;
  /** Those of them that returned an older version. */
  readonly missed: EncodedHistogram;
  /** Instead, of runs that read at chosen delays; ascending. */
  readonly delays: readonly DelayCount[];
}

/** From each fault in the measured duration to the first acknowledgement of a write after it. */
export interface RecoveryTime {
  readonly histogram: EncodedHistogram;
  /** Faults after which no write was acknowledged. */
  readonly unrecovered: number;
}

/** What runs took. */
export interface Cost {
  readonly messages: number;
  readonly bytes: number;
  readonly events: number;
  /** Bytes of log that nodes retained at the end; null where the protocol does not tell. */
  readonly logBytes: number | null;
}

/**
 * What one run, or any number of runs of one configuration, measured.
 *
 * Plain, canonical data: lists are sorted by their keys, numbers are integers or exact doubles, so that merging
 * in any order gives the same bytes. Histograms are of integer nanoseconds.
 */
export interface Measurements extends ReplicationMeasurements {
  readonly runs: number;
  readonly convergedRuns: number;
  /** Runs that ended because their budget of events was used up; all else holds what they had until then. */
  readonly truncatedRuns: number;
  readonly latencies: readonly LatencyMeasurement[];
  readonly replicationLag: readonly ReplicaLag[];
  /** From acknowledgement to the apply at the last replica. */
  readonly visibilityLag: { readonly histogram: EncodedHistogram; readonly unapplied: number };
  /** From the last fault or write to equal replicas, of the runs that converged. */
  readonly convergenceTime: EncodedHistogram;
  readonly anomalies: readonly AnomalyTally[];
  /** Meetings of two concurrent writes of a key at a replica: a pair counts at each where it met. */
  readonly reconciliations: number;
  /** The longest, at most `OUTAGES_KEPT`, listed by repetition, datacenter and time. */
  readonly outages: readonly Outage[];
  readonly longestOutageMs: number;
  /** The first by repetition and time, at most `TIMELINE_EVENTS_KEPT`. */
  readonly timeline: readonly TimelineEvent[];
  readonly cost: Cost;
  readonly tVisibility: TVisibility;
  readonly kStaleness: KStaleness;
  readonly series: Series;
  readonly recoveryTime: RecoveryTime;
}
