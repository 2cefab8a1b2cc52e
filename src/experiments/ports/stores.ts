import type { ClusterId, ExperimentId, RunRef, ShardId } from '../../model/ids';
import type { ClusterSpec } from '../../model/spec/cluster';
import type { ExperimentSpec } from '../../model/spec/experiment';
import type {
  Claim,
  ClusterRecord,
  ExperimentEvent,
  ExperimentRecord,
  PointParameter,
  ProgressRecord,
  RunRecord,
  StoredRunSummary,
} from './records';

/**
 * Thrown by every store while its database cannot be reached; the caller may try again. Nothing was done, unless
 * the connection broke in the commit itself: then all of it was done, or nothing.
 */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

/** The same key with the same request gives the same answer; kept at least 24 h. */
export interface IdempotencyClaim {
  /** The mutation: keys of different mutations do not meet. */
  readonly scope: string;
  readonly key: string;
  /** SHA-256 of the canonical request, hex. */
  readonly requestHash: string;
}

export type Creation<Row> =
  | { readonly kind: 'CREATED'; readonly record: Row }
  | { readonly kind: 'REPLAYED'; readonly record: Row }
  /** The key was used with another request. */
  | { readonly kind: 'MISMATCH' };

/** A window of a list ordered newest first: forward from `after`, or backward from `before`. */
export type PageRequest<Cursor> =
  | { readonly direction: 'FORWARD'; readonly limit: number; readonly after: Cursor | null }
  | { readonly direction: 'BACKWARD'; readonly limit: number; readonly before: Cursor | null };

/** Items in list order, whatever the direction. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export interface NewCluster {
  readonly id: ClusterId;
  readonly name: string;
  readonly spec: ClusterSpec;
}

export interface NewExperiment {
  readonly id: ExperimentId;
  readonly name: string;
  readonly clusterId: ClusterId | null;
  readonly spec: ExperimentSpec;
  readonly seed: bigint;
  readonly repetitions: number;
  readonly engineVersion: string;
  readonly points: readonly NewPoint[];
}

export interface NewPoint {
  readonly index: number;
  readonly parameters: readonly PointParameter[];
  readonly spec: ExperimentSpec;
  readonly shards: readonly NewShard[];
}

export interface NewShard {
  readonly id: ShardId;
  readonly firstRepetition: number;
  readonly runCount: number;
}

export interface ClusterStore {
  insert(cluster: NewCluster, idempotency: IdempotencyClaim | null): Promise<Creation<ClusterRecord>>;
  /** In the order of the ids; null where there is none. */
  findMany(ids: readonly ClusterId[]): Promise<readonly (ClusterRecord | null)[]>;
  page(request: PageRequest<ClusterId>): Promise<Page<ClusterRecord>>;
  count(): Promise<number>;
}

export interface ExperimentStore {
  /** Experiment, points, shards, idempotency key and SUBMITTED event in one transaction. */
  insert(
    experiment: NewExperiment,
    idempotency: IdempotencyClaim | null,
  ): Promise<Creation<ExperimentRecord>>;
  findMany(ids: readonly ExperimentId[]): Promise<readonly (ExperimentRecord | null)[]>;
  page(request: PageRequest<ExperimentId>): Promise<Page<ExperimentRecord>>;
  count(): Promise<number>;
  /** Runs in the order of point and repetition. */
  runs(
    id: ExperimentId,
    request: PageRequest<Pick<RunRef, 'point' | 'repetition'>>,
  ): Promise<Page<RunRecord>>;
  findRun(run: RunRef): Promise<RunRecord | null>;
  /** Canonical measurements of every finished shard of a point, in the order of repetitions. */
  measurements(id: ExperimentId, point: number): Promise<readonly Uint8Array[]>;
  progress(id: ExperimentId): Promise<ProgressRecord | null>;
  /** At most `limit` events after that sequence, in order. */
  eventsAfter(id: ExperimentId, sequence: bigint, limit: number): Promise<readonly ExperimentEvent[]>;
}

export interface ShardProgress {
  /** Share of the shard that is done, 0 … 1. */
  readonly fraction: number;
  readonly simulatedOperations: number;
}

export interface ShardOutcome {
  /** Canonical bytes of the merged measurements of the shard. */
  readonly measurements: Uint8Array;
  /** One per run, by repetition from `firstRepetition`. */
  readonly runs: readonly StoredRunSummary[];
  /** Canonical bytes of the packed per-run scalars. */
  readonly scalars: Uint8Array;
  readonly simulatedOperations: number;
}

export interface ShardStore {
  /**
   * By the database's clock: a QUEUED shard of that engine version, or a RUNNING one whose lease has ended, becomes
   * this owner's. Such an ended lease counts as a crash, exactly as in `reclaimExpired`.
   * Null: it is somebody else's, finished, of another version, or has now failed for its crashes.
   */
  claim(request: {
    readonly shardId: ShardId;
    readonly owner: string;
    readonly leaseMs: number;
    readonly engineVersion: string;
    readonly crashesMax: number;
  }): Promise<Claim | null>;
  /** Extends the lease and tells the progress; false: the lease is lost, stop at once. */
  renew(claim: Claim, leaseMs: number, progress: ShardProgress): Promise<boolean>;
  /** Result and state in one transaction; false: the lease was lost and nothing was written. */
  finish(claim: Claim, outcome: ShardOutcome): Promise<boolean>;
  /** The shard cannot succeed: its runs end as FAILED with this reason. False: the lease was lost. */
  fail(claim: Claim, reason: string): Promise<boolean>;
  /** Hands an unfinished shard back to the queue, as a stopping worker does. False: the lease was lost. */
  release(claim: Claim): Promise<boolean>;
  /**
   * Shards that wait for a worker and were not looked at lately (`SKIP LOCKED`, oldest first), marked as looked at
   * now. The caller asks the queue which of them have a live job.
   */
  takeWaiting(request: {
    readonly notCheckedForMs: number;
    readonly limit: number;
  }): Promise<readonly QueuedJob[]>;
  /** Gives each of these waiting shards its next attempt, whose job is then enqueued. */
  nextAttempts(jobs: readonly QueuedJob[]): Promise<readonly QueuedJob[]>;
  /**
   * RUNNING shards whose lease has ended: back to QUEUED with the next attempt, or FAILED with the reason POISONED
   * after `crashesMax` crashes. Returns the jobs to enqueue.
   */
  reclaimExpired(request: {
    readonly crashesMax: number;
    readonly limit: number;
  }): Promise<readonly QueuedJob[]>;
}

/** A shard's wish to be worked on: its id and attempt make the job's id. */
export interface QueuedJob {
  readonly shardId: ShardId;
  readonly attempt: number;
}
