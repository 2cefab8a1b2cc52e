import type { QueuedJob } from './stores';

/** Thrown while the queue cannot be reached; the rows are the truth and the reconciler mends the gap. */
export class QueueUnavailableError extends Error {
  override readonly name = 'QueueUnavailableError';
}

/** Wakes workers. Delivery is at least once, or not at all: a worker claims before it works. */
export interface WorkQueue {
  /** A job that is there already is left as it is. */
  enqueue(jobs: readonly QueuedJob[]): Promise<void>;
  /** Those of the jobs that neither wait nor run. */
  missing(jobs: readonly QueuedJob[]): Promise<readonly QueuedJob[]>;
}
