import type { DualLeaders, FailoverSummary, RecoveryPoint } from './failover-measurements';
import type { EncodedHistogram } from './histogram';
import type { NoticeKind } from './observer';
import type { OperationKind } from './operation';
import type { Positions } from './position-columns';

export const FOLLOWER_RECOVERIES_KEPT = 100;

export interface NoticeCount {
  readonly kind: NoticeKind;
  readonly count: number;
}

/** How often protocols did what they give notice of. */
export interface Notices {
  /** In the order of `NOTICE_KINDS`, without those that never came. */
  readonly counts: readonly NoticeCount[];
  /** Of full copies and rewinds that were completed. */
  readonly copiedBytes: number;
  /** Log entries in the tails that were thrown away. */
  readonly discardedEntries: number;
}

/** How a follower that had been down came back, by the five steps. Times are simulated milliseconds. */
export interface FollowerRecoveryMeasurement {
  readonly repetition: number;
  readonly replica: string;
  readonly shard: number;
  /** When it was live again. */
  readonly atMs: number;
  /** When it went down; null if that is not known. */
  readonly downAtMs: number | null;
  /** 1. Until it ran again; null if it is not known when it went down. */
  readonly restartMs: number | null;
  /** 2. Until it knew where its log ends. */
  readonly positionMs: number;
  /** 3. Until what it asked for began to come. */
  readonly requestMs: number;
  /** 4. Until it had applied what the leader had had then. */
  readonly catchUpMs: number;
  /** 5. Until it was on the live stream. */
  readonly liveMs: number;
  readonly entries: number;
  readonly copiedBytes: number;
}

export const RECOVERY_STEPS = ['restart', 'position', 'request', 'catchUp', 'live'] as const;

/** How long each step took, of all recoveries of all runs. */
export type RecoverySteps = Readonly<Record<(typeof RECOVERY_STEPS)[number], EncodedHistogram>>;

export interface FollowerRecoveries {
  readonly count: number;
  /** The first by repetition and time, at most `FOLLOWER_RECOVERIES_KEPT`. */
  readonly first: readonly FollowerRecoveryMeasurement[];
  /** Of all of them. */
  readonly steps: RecoverySteps;
}

/** Operations of the measured duration that a node answered OK. */
export interface ServedCount {
  /** Its name. */
  readonly node: string;
  readonly kind: OperationKind;
  readonly count: number;
}

/** What is measured of leaders and followers; empty where a protocol has none. */
export interface ReplicationMeasurements {
  readonly failovers: FailoverSummary;
  readonly recoveryPoint: RecoveryPoint;
  readonly dualLeaders: DualLeaders;
  readonly notices: Notices;
  readonly positions: Positions;
  readonly followerRecoveries: FollowerRecoveries;
  /** By node and kind, without those of which there was none. */
  readonly servedOperations: readonly ServedCount[];
}
