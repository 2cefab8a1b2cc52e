import type { Report } from './ports/report';
import { StoreUnavailableError, type QueuedJob, type ShardStore } from './ports/stores';
import { QueueUnavailableError, type WorkQueue } from './ports/work-queue';
import { CRASHES_MAX } from './poison';
import { pause } from './wake-up';

export interface Reconcile {
  readonly shards: ShardStore;
  readonly queue: WorkQueue;
  readonly report: Report;
}

export const RECONCILE_EVERY_MS = 2000;
/** A waiting shard is looked at again after this long. */
const NOT_CHECKED_FOR_MS = 4000;
const BATCH = 500;

/** Mends what a death between two steps left: expired leases, and waiting shards without a live job. */
export async function reconcile({ shards, queue, report }: Reconcile): Promise<void> {
  const reclaimed = await shards.reclaimExpired({ crashesMax: CRASHES_MAX, limit: BATCH });
  if (reclaimed.length > 0) report.warn({ shards: reclaimed.length }, 'leases expired; shards queued again');
  await queue.enqueue(reclaimed);
  const forgotten = await withoutJob({ shards, queue });
  if (forgotten.length > 0)
    report.warn({ shards: forgotten.length }, 'waiting shards had no job; queued again');
  await queue.enqueue(forgotten);
}

async function withoutJob({
  shards,
  queue,
}: Pick<Reconcile, 'shards' | 'queue'>): Promise<readonly QueuedJob[]> {
  const waiting = await shards.takeWaiting({ notCheckedForMs: NOT_CHECKED_FOR_MS, limit: BATCH });
  const missing = await queue.missing(waiting);
  return missing.length === 0 ? [] : shards.nextAttempts(missing);
}

/** Reconciles until the signal aborts; what is away now is tried again next time. */
export async function keepReconciling(ports: Reconcile, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await reconcile(ports);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) && !(error instanceof QueueUnavailableError)) throw error;
      ports.report.warn({ cause: error.message }, 'nothing reconciled this time');
    }
    await pause(RECONCILE_EVERY_MS, signal);
  }
}
