import type { RecordedHistory } from '../../model/history';
import type { ClusterId, ExperimentId, RunRef, ShardId } from '../../model/ids';
import type { ClusterSpec } from '../../model/spec/cluster';
import type { ExperimentSpec } from '../../model/spec/experiment';
import type { ExperimentStatus, RunStatus } from '../../model/status';

/** An immutable cluster definition. */
export interface ClusterRecord {
  readonly id: ClusterId;
  readonly name: string;
  readonly spec: ClusterSpec;
  readonly createdAt: Date;
}

export interface ExperimentRecord {
  readonly id: ExperimentId;
  readonly name: string;
  readonly status: ExperimentStatus;
  /** The stored cluster it was submitted with; null when the cluster came inline. */
  readonly clusterId: ClusterId | null;
  readonly spec: ExperimentSpec;
  /** 0 … 2^64 − 1. */
  readonly seed: bigint;
  readonly repetitions: number;
  /** Points × repetitions. */
  readonly runCount: number;
  /** Runs in a terminal state. */
  readonly completedRuns: number;
  readonly engineVersion: string;
  /** Sequence of its newest event. */
  readonly lastSequence: bigint;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** A sweep's setting at one point: the value at a path of the experiment's spec. */
export interface PointParameter {
  readonly path: string;
  readonly value: unknown;
}

export interface RunRecord extends RunRef {
  readonly status: RunStatus;
  /** Null until the run has ended. */
  readonly summary: StoredRunSummary | null;
  /** Why it failed, for people; null otherwise. */
  readonly failureReason: string | null;
}

/** What the store knows of an ended run; the rest of its scalars travels packed. */
export interface StoredRunSummary {
  /** The run's own seed, decimal. */
  readonly seed: string;
  /** SHA-256 of the canonical measurements, hex. */
  readonly resultHash: string;
  /** Rolling hash of everything that happened, 32 hexadecimal digits; null for runs from before there was one. */
  readonly runHash: string | null;
  /** It ended because its budget of events was used up. */
  readonly truncated: boolean;
}

export const EVENT_KINDS = [
  'SUBMITTED',
  'STARTED',
  'PAUSED',
  'RESUMED',
  'CANCELLING',
  'RUN_STARTED',
  'RUN_HANDED_BACK',
  'RUN_RECLAIMED',
  'RUN_CRASHED',
  'RUN_SUCCEEDED',
  'RUN_FAILED',
  'RUN_CANCELLED',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** One entry of an experiment's event log. */
export interface ExperimentEvent {
  readonly experimentId: ExperimentId;
  /** 1, 2, 3 … without gaps. */
  readonly sequence: bigint;
  /** The database's clock. */
  readonly at: Date;
  readonly kind: EventKind;
  readonly message: string;
  /** The run it tells of, the first of them if it tells of several; null if it tells of the experiment. */
  readonly run: RunRef | null;
  /** How many runs it tells of: consecutive repetitions of one point. Null if it tells of the experiment. */
  readonly runCount: number | null;
}

/** Where an experiment stands: state, not log; the newest value wins. */
export interface ProgressRecord {
  readonly experimentId: ExperimentId;
  readonly status: ExperimentStatus;
  readonly completedRuns: number;
  readonly totalRuns: number;
  /** 0 … 1, counts inside runs, never falls. */
  readonly fraction: number;
  /** Operations simulated so far, by runs that have ended and runs under way. */
  readonly simulatedOperations: number;
  /** Since the first run started, by the database's clock; null before. */
  readonly elapsedMs: number | null;
  /** The last event included. */
  readonly sequence: bigint;
}

/** What is kept of the operations of a run, from the worker that simulated it to the store. */
export interface RunHistory extends RecordedHistory {
  readonly repetition: number;
}

/** A history that can be read: its run has succeeded. */
export interface StoredRunHistory extends RecordedHistory {
  /** The spec of the run's point. */
  readonly spec: ExperimentSpec;
}

/** Consecutive repetitions of one point: what is queued, claimed, leased and fenced. */
export interface ShardRef {
  readonly shardId: ShardId;
  readonly experimentId: ExperimentId;
  readonly point: number;
  readonly firstRepetition: number;
  readonly runCount: number;
}

/** The right to run a shard until its lease ends; every later write carries its epoch. */
export interface Claim extends ShardRef {
  readonly leaseEpoch: number;
  /** The spec of the shard's point. */
  readonly spec: ExperimentSpec;
  readonly seed: bigint;
}
