import type { WorkerOptions } from 'bullmq';

/** The one queue: each of its jobs asks for a shard to be claimed. */
export const QUEUE_NAME = 'shards';

/** What a job carries: the rows know the rest. */
export interface ShardJob {
  readonly shardId: string;
}

export interface NewBullJob {
  readonly name: string;
  readonly data: ShardJob;
  readonly opts: { readonly jobId: string };
}

/** What the lab uses of BullMQ's Queue, whichever server is behind it. */
export interface BullQueue {
  waitUntilReady(): Promise<unknown>;
  /** A job whose id is known already is left as it is. */
  addBulk(jobs: NewBullJob[]): Promise<unknown>;
  /** `unknown` if there is no such job. */
  getJobState(jobId: string): Promise<string>;
  getJobCountByTypes(state: 'waiting'): Promise<number>;
}

/** An open queue with its connections. */
export interface Producer {
  readonly queue: BullQueue;
  /** Why jobs are not safe in a server that can be reached, one sentence each; empty when they are. */
  unsafeSettings(): Promise<readonly string[]>;
  /** What lies behind a failed call, in words that name the server's trouble and no secret. */
  causeOf(failure: unknown): unknown;
  /** Never fails; drops what cannot be sent. */
  close(): Promise<void>;
}

export interface ConsumerSettings {
  readonly concurrency: number;
  /** How long a job may be silent before another worker gets it. */
  readonly lockMs: number;
  /** How often a worker looks for silent jobs. */
  readonly stalledCheckMs: number;
}

export interface ConsumerOptions {
  readonly handle: (job: ShardJob) => Promise<void>;
  readonly settings: ConsumerSettings;
  /** Told of connection failures and of jobs that could not be handled. */
  readonly onError: (error: Error) => void;
}

/** A worker that takes jobs. */
export interface JobTaker {
  /** Takes no further job; resolves when those in hand are acknowledged, never if the server is away for ever. */
  close(): Promise<void>;
  /** Drops the connections at once, which also ends a `close` that hangs. */
  cutOff(): void;
}

/** The part of BullMQ's options that does not depend on the server. */
export function workerOptions({
  concurrency,
  lockMs,
  stalledCheckMs,
}: ConsumerSettings): Omit<WorkerOptions, 'connection'> {
  return {
    concurrency,
    lockDuration: lockMs,
    stalledInterval: stalledCheckMs,
    runRetryDelay: RETRY_MS,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  };
}

/** BullMQ's own 15 s would leave a worker idle long after its server came back. */
const RETRY_MS = 1000;
