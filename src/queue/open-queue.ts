import type { ShardId } from '../model/ids';
import type { WorkQueue } from '../experiments/ports/work-queue';
import { openBullQueue, openBullWorker, type ConsumerSettings } from './backend';
import { BullWorkQueue } from './bull-work-queue';

export interface OpenQueue {
  readonly workQueue: WorkQueue;
  /** Why the queue cannot be used, one sentence each; empty when it can. */
  ready(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface QueueSettings {
  readonly databaseUrl: string;
  /** Told of connection failures; the queue itself goes on trying. */
  readonly onError: (error: Error) => void;
}

/** The producers' side: enqueues jobs and says which are missing. Succeeds also while there is no server yet. */
export function openQueue({ databaseUrl, onError }: QueueSettings): OpenQueue {
  const workQueue = new BullWorkQueue(() => openBullQueue(databaseUrl).on('error', onError));
  return { workQueue, ready: () => reasonsAgainst(workQueue), close: () => workQueue.close() };
}

async function reasonsAgainst(workQueue: BullWorkQueue): Promise<readonly string[]> {
  try {
    await workQueue.checkReachable();
    return [];
  } catch (error) {
    const cause = error instanceof Error ? error.cause : error;
    return [`The queue cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}.`];
  }
}

export interface Consumer {
  /** Takes no further job and waits until the jobs in hand are done. */
  close(): Promise<void>;
}

/** The workers' side: calls `handle` for each job, at least once. What it throws is reported and not repeated. */
export function consume(
  { databaseUrl, onError }: QueueSettings,
  handle: (shardId: ShardId) => Promise<void>,
  settings: ConsumerSettings,
): Consumer {
  const worker = openBullWorker(databaseUrl, ({ shardId }) => handle(shardId as ShardId), settings);
  worker.on('error', onError);
  worker.on('failed', (_job, error) => onError(error));
  return { close: () => worker.close() };
}
