import type { ShardId } from '../model/ids';
import type { WorkQueue } from '../experiments/ports/work-queue';
import { pause } from '../experiments/wake-up';
import { openProducer, openTaker } from './backend';
import type { ConsumerSettings } from './bull-parts';
import { BullWorkQueue } from './bull-work-queue';
import type { QueueLocation } from './location';
import { seldom } from './seldom';

export interface OpenQueue {
  readonly workQueue: WorkQueue;
  /** Why the queue cannot be used, one sentence each; empty when it can. */
  ready(): Promise<readonly string[]>;
  /** Never fails, and does not wait for a server that is away. */
  close(): Promise<void>;
}

export interface QueueSettings {
  readonly location: QueueLocation;
  /** Told of failures, of repeated ones now and then; the queue itself goes on trying. */
  readonly onError: (error: Error) => void;
}

/** The producers' side: enqueues jobs and says which are missing. Succeeds also while there is no server yet. */
export function openQueue({ location, onError }: QueueSettings): OpenQueue {
  const report = seldom(onError);
  const workQueue = new BullWorkQueue(() => openProducer(location, report));
  return { workQueue, ready: () => reasonsAgainst(workQueue), close: () => workQueue.close() };
}

async function reasonsAgainst(workQueue: BullWorkQueue): Promise<readonly string[]> {
  try {
    return await workQueue.unsafeSettings();
  } catch (error) {
    const cause = error instanceof Error ? error.cause : error;
    const words = cause instanceof Error ? cause.message : String(cause);
    return [`The queue cannot be reached: ${words.replace(/\.$/, '')}.`];
  }
}

export interface Consumer {
  /**
   * Takes no further job and waits until the jobs in hand are done and acknowledged. If the server is away they
   * cannot be, and are delivered again: it ends `UNACKNOWLEDGED_AFTER_MS` after the last one is done.
   */
  close(): Promise<void>;
}

export const UNACKNOWLEDGED_AFTER_MS = 3000;

/**
 * The workers' side: calls `handle` for each job, at least once. What it throws is reported and not repeated. Waits
 * for a server that is away, and goes on by itself when one is back.
 */
export function consume(
  { location, onError }: QueueSettings,
  handle: (shardId: ShardId) => Promise<void>,
  settings: ConsumerSettings,
): Consumer {
  const inHand = new Set<Promise<void>>();
  const tracked = ({ shardId }: { readonly shardId: string }): Promise<void> => {
    const done = handle(shardId as ShardId).finally(() => inHand.delete(done));
    inHand.add(done);
    return done;
  };
  const taker = openTaker(location, { handle: tracked, settings, onError });
  const close = async (): Promise<void> => {
    const over = new AbortController();
    const closed = taker.close().catch(onError);
    const givenUp = Promise.allSettled(inHand).then(() => pause(UNACKNOWLEDGED_AFTER_MS, over.signal));
    await Promise.race([closed, givenUp]);
    over.abort();
    taker.cutOff();
  };
  return { close };
}
