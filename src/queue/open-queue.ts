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

/** The producers' side: enqueues jobs and says which are missing. */
export function openQueue({ databaseUrl, onError }: QueueSettings): OpenQueue {
  const queue = openBullQueue(databaseUrl);
  queue.on('error', onError);
  const workQueue = new BullWorkQueue(queue);
  return {
    workQueue,
    ready: async () => {
      try {
        await queue.getJobCountByTypes('waiting');
        return [];
      } catch (error) {
        return [`The queue cannot be reached: ${error instanceof Error ? error.message : String(error)}.`];
      }
    },
    close: () => workQueue.close(),
  };
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
