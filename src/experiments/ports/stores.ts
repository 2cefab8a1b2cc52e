import type { HistoryDescription } from '../../model/history';
import type { ClusterId, ExperimentId, RunRef, ShardId } from '../../model/ids';
import type { ClusterSpec } from '../../model/spec/cluster';
import type { ExperimentSpec } from '../../model/spec/experiment';
import type { ExperimentStatus } from '../../model/status';
import type { RunCostRecord, ShardCost } from '../run-cost';
import type {
  Claim,
  ClusterRecord,
  ExperimentEvent,
  ExperimentRecord,
  PointParameter,
  ProgressRecord,
  RunHistory,
  RunRecord,
  StoredRunHistory,
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

/** What became of a user's wish to stop an experiment or to let it go on. */
export type Control =
  /** Done, with the next attempts of its waiting shards if they are to be worked on again. */
  | { readonly kind: 'DONE'; readonly record: ExperimentRecord; readonly jobs: readonly QueuedJob[] }
  /** Not possible while it stands like this. */
  | { readonly kind: 'REFUSED'; readonly status: ExperimentStatus }
  | { readonly kind: 'NOT_FOUND' };

export interface ExperimentStore {
  /** Experiment, points, shards, idempotency key and SUBMITTED event in one transaction. */
  insert(
    experiment: NewExperiment,
    idempotency: IdempotencyClaim | null,
  ): Promise<Creation<ExperimentRecord>>;
  findMany(ids: readonly ExperimentId[]): Promise<readonly (ExperimentRecord | null)[]>;
  page(request: PageRequest<ExperimentId>): Promise<Page<ExperimentRecord>>;
  count(): Promise<number>;
  /**
   * Stops it for good. Waiting shards end at once; those that run are to stop, and until they have it is CANCELLING.
   * One that is CANCELLING already stays so. Refused when it has ended.
   */
  cancel(id: ExperimentId): Promise<Control>;
  /** No shard can be claimed any more, and those that run are handed back. Refused unless QUEUED or RUNNING. */
  pause(id: ExperimentId): Promise<Control>;
  /** Back to RUNNING, or QUEUED if it never started. Refused unless PAUSED. */
  resume(id: ExperimentId): Promise<Control>;
  /** Runs in the order of point and repetition. */
  runs(
    id: ExperimentId,
    request: PageRequest<Pick<RunRef, 'point' | 'repetition'>>,
  ): Promise<Page<RunRecord>>;
  findRun(run: RunRef): Promise<RunRecord | null>;
  /** What is kept of the operations of a run that has succeeded; null: nothing, or it has not. */
  historyDescription(run: RunRef): Promise<HistoryDescription | null>;
  /** The same with the operations. */
  history(run: RunRef): Promise<StoredRunHistory | null>;
  /** The first repetition of every shard of a point that has a result, ascending. */
  finishedShards(id: ExperimentId, point: number): Promise<readonly number[]>;
  /** Canonical measurements of those shards of a point, in the order of repetitions. */
  measurements(
    id: ExperimentId,
    point: number,
    firstRepetitions: readonly number[],
  ): Promise<readonly Uint8Array[]>;
  /** What is known of the real time of runs of that protocol, by the number of nodes. */
  runCosts(protocol: string): Promise<readonly RunCostRecord[]>;
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
  /** The runs' other scalars: see `RunScalars`. */
  readonly scalars: Uint8Array;
  readonly simulatedOperations: number;
}

/**
 * What to do about a shard whose worker or simulation died. One of several runs is halved, so that in the end a
 * poisoned run is alone; one of a single run waits again, or at its `crashesMax`-th crash ends as FAILED with a
 * reason that begins with POISONED. One that was being cancelled ends as CANCELLED.
 */
export interface CrashRule {
  readonly crashesMax: number;
  /** For the second half. */
  readonly newShardId: () => ShardId;
}

/** What the owner of a lease is to do. */
export type LeaseState =
  | 'HELD'
  /** Somebody else has the shard, or it has ended: stop at once and write nothing. */
  | 'LOST'
  /** Stop and release: the experiment is being cancelled. */
  | 'CANCEL'
  /** Stop and release: the experiment is paused. */
  | 'PAUSE';

export interface Reclaimed {
  /** Shards that wait again, to be enqueued. */
  readonly jobs: readonly QueuedJob[];
  /** Shards that ended: as poisoned, or because they were being cancelled. */
  readonly ended: number;
}

export interface ShardStore {
  /**
   * By the database's clock: a QUEUED shard of that engine version, or a RUNNING one whose lease has ended, becomes
   * this owner's. Such an ended lease counts as a crash, exactly as in `reclaimExpired`; what is left of a shard
   * that was halved for it is claimed.
   * Null: it is somebody else's, finished, paused, of another version, or has now failed for its crashes.
   */
  claim(request: {
    readonly shardId: ShardId;
    readonly owner: string;
    readonly leaseMs: number;
    readonly engineVersion: string;
    readonly crashRule: CrashRule;
  }): Promise<Claim | null>;
  /** Extends the lease, tells the progress, and asks whether to go on. */
  renew(claim: Claim, leaseMs: number, progress: ShardProgress): Promise<LeaseState>;
  /**
   * Stores the history of a run that has ended. It can be read once the shard has finished with this very lease; a lease that
   * ends otherwise takes it along. The same again changes nothing. False: the lease was lost and nothing was written.
   */
  keepHistory(claim: Claim, history: RunHistory): Promise<boolean>;
  /** Result and state in one transaction; false: the lease was lost and nothing was written. */
  finish(claim: Claim, outcome: ShardOutcome): Promise<boolean>;
  /** Remembers how long a shard took. Nothing depends on it but the size of shards to come. */
  learnCost(cost: ShardCost): Promise<void>;
  /** The simulation died. False: the lease was lost. */
  crash(claim: Claim, reason: string, rule: CrashRule): Promise<boolean>;
  /**
   * Gives an unfinished shard up: it waits again, or ends as CANCELLED if it is being cancelled. False: the lease
   * was lost.
   */
  release(claim: Claim): Promise<boolean>;
  /**
   * Shards that wait for a worker and were not looked at lately (`SKIP LOCKED`, oldest first), marked as looked at
   * now; not those of a paused experiment. The caller asks the queue which of them have a live job.
   */
  takeWaiting(request: {
    readonly notCheckedForMs: number;
    readonly limit: number;
  }): Promise<readonly QueuedJob[]>;
  /** Gives each of these waiting shards its next attempt, whose job is then enqueued. */
  nextAttempts(jobs: readonly QueuedJob[]): Promise<readonly QueuedJob[]>;
  /** Each shard whose lease has ended without a word of its owner is a crash. */
  reclaimExpired(request: { readonly crashRule: CrashRule; readonly limit: number }): Promise<Reclaimed>;
}

/** A shard's wish to be worked on: its id and attempt make the job's id. */
export interface QueuedJob {
  readonly shardId: ShardId;
  readonly attempt: number;
}
