import type { Report } from './ports/report';
import type { QueuedJob } from './ports/stores';
import { QueueUnavailableError, type WorkQueue } from './ports/work-queue';

interface WakeWorkers {
  readonly queue: WorkQueue;
  readonly report: Report;
}

/** The rows are committed: whatever fails from here on, the reconciler will enqueue what is missing. */
export async function wakeWorkers({ queue, report }: WakeWorkers, jobs: readonly QueuedJob[]): Promise<void> {
  try {
    await queue.enqueue(jobs);
  } catch (error) {
    if (!(error instanceof QueueUnavailableError)) throw error;
    report.warn({ jobs: jobs.length, cause: error.cause }, 'jobs not enqueued; the reconciler will do it');
  }
}
