import type { EncodedHistogram } from './histogram';

export const FAILOVERS_KEPT = 100;
export const LOST_RANGES_KEPT = 100;

/** Neighbouring LSNs of one log, both ends included. */
export interface LsnRange {
  readonly fromLsn: number;
  readonly toLsn: number;
}

/** A node took over the lead of a shard. Times are simulated milliseconds; the parts add up to `recoveryMs`. */
export interface FailoverMeasurement {
  readonly repetition: number;
  /** When the new leader began to lead. */
  readonly atMs: number;
  readonly shard: number;
  /** The nodes' names. */
  readonly oldLeader: string;
  readonly newLeader: string;
  /** The new leader's. */
  readonly epoch: number;
  /** The old leader was running, and the majority could speak with it. */
  readonly isFalse: boolean;
  /** When that happened for which the old leader was declared dead; null if there was no such fault, or it is false. */
  readonly faultAtMs: number | null;
  /** From the fault until the old leader was first declared dead; null without a fault. */
  readonly detectionMs: number | null;
  /** From there until its successor was chosen. */
  readonly electionMs: number;
  /** From there until that began to lead. */
  readonly promotionMs: number;
  /** From there until a client had its first acknowledgement of a write of that shard; null if none ever had. */
  readonly redirectionMs: number | null;
  /** From the fault until then, the RTO; null without either. */
  readonly recoveryMs: number | null;
  /** Acknowledged by the old leader, and lost. */
  readonly lostWrites: number;
  /** The same by LSN, rising: the first `LOST_RANGES_KEPT`. */
  readonly lostRanges: readonly LsnRange[];
}

export const FAILOVER_PARTS = ['detection', 'election', 'promotion', 'redirection', 'recovery'] as const;

/** How long each part took, of all failovers of all runs that have it. */
export type FailoverTimes = Readonly<Record<(typeof FAILOVER_PARTS)[number], EncodedHistogram>>;

export interface FailoverSummary {
  readonly count: number;
  /** The first by repetition and time, at most `FAILOVERS_KEPT`. */
  readonly first: readonly FailoverMeasurement[];
  readonly times: FailoverTimes;
}

/** How much acknowledged work was lost: the count of LOST_WRITE. */
export interface RecoveryPoint {
  readonly lostWrites: number;
  readonly runsWithLoss: number;
  /** In the run that lost most. */
  readonly lostWritesMax: number;
}

/** What happened while two nodes or more believed that they lead the same shard, whether or not they acknowledged anything. */
export interface DualLeaders {
  /** How long it lasted each time. */
  readonly durations: EncodedHistogram;
  /** Writes of the measured duration acknowledged meanwhile by a leader of which there was a newer one. */
  readonly olderSideWrites: number;
  /** Those of them that were lost. */
  readonly olderSideLost: number;
}
