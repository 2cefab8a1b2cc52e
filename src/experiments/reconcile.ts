import { crashRule } from './poison';
import type { IdSource } from './ports/ids';
import type { Report } from './ports/report';
import { StoreUnavailableError, type QueuedJob, type ShardStore } from './ports/stores';
import { QueueUnavailableError, type WorkQueue } from './ports/work-queue';
import { pause } from './wake-up';

export interface Reconcile {
  readonly shards: ShardStore;
  readonly queue: WorkQueue;
  readonly ids: Pick<IdSource, 'shard'>;
  readonly report: Report;
}

/** What a pass found to mend, in shards. */
export interface Reconciled {
  /** Their workers died; they wait again, halves counted each. */
  readonly reclaimed: number;
  /** Their workers died, and they ended: as poisoned, or because they were being cancelled. */
  readonly ended: number;
  /** They waited without a job. */
  readonly forgotten: number;
}

const RECONCILE_EVERY_MS = 2000;
/** A waiting shard is looked at again after this long. */
const NOT_CHECKED_FOR_MS = 4000;
const BATCH = 500;

/** Mends what a death between two steps left: expired leases, and waiting shards without a live job. */
export async function reconcile({ shards, queue, ids, report }: Reconcile): Promise<Reconciled> {
  const { jobs, ended } = await shards.reclaimExpired({ crashRule: crashRule(ids), limit: BATCH });
  if (jobs.length + ended > 0) report.warn({ reclaimed: jobs.length, ended }, 'leases had expired');
  await queue.enqueue(jobs);
  const forgotten = await withoutJob({ shards, queue });
  if (forgotten.length > 0)
    report.warn({ shards: forgotten.length }, 'waiting shards had no job; queued again');
  await queue.enqueue(forgotten);
  return { reclaimed: jobs.length, ended, forgotten: forgotten.length };
}

async function withoutJob({
  shards,
  queue,
}: Pick<Reconcile, 'shards' | 'queue'>): Promise<readonly QueuedJob[]> {
  const waiting = await shards.takeWaiting({ notCheckedForMs: NOT_CHECKED_FOR_MS, limit: BATCH });
  const missing = await queue.missing(waiting);
  return missing.length === 0 ? [] : shards.nextAttempts(missing);
}

/** Reconciles until the signal aborts; what fails now is tried again next time, whatever it was. */
export async function keepReconciling(ports: Reconcile, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await reconcile(ports);
    } catch (error) {
      const away = error instanceof StoreUnavailableError || error instanceof QueueUnavailableError;
      const facts = away ? { cause: error.message } : { err: error };
      ports.report.warn(facts, 'nothing reconciled this time');
    }
    await pause(RECONCILE_EVERY_MS, signal);
  }
}
