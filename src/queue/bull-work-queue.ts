import type { QueuedJob } from '../experiments/ports/stores';
import { QueueUnavailableError, type WorkQueue } from '../experiments/ports/work-queue';
import type { BullQueue } from './backend';

/** Jobs handed to BullMQ in one call, and states asked for at once. */
const BATCH = 500;
const STATES_AT_ONCE = 20;

/** The states in which a job will still reach a worker. */
const LIVE: ReadonlySet<string> = new Set([
  'waiting',
  'active',
  'delayed',
  'prioritized',
  'paused',
  'waiting-children',
]);

/** The work queue on BullMQ. A job's id is its shard's with the attempt, so that adding it twice makes one job. */
export class BullWorkQueue implements WorkQueue {
  constructor(private readonly queue: BullQueue) {}

  async enqueue(jobs: readonly QueuedJob[]): Promise<void> {
    for (let start = 0; start < jobs.length; start += BATCH)
      await reachable(this.queue.addBulk(jobs.slice(start, start + BATCH).map(bullJob)));
  }

  async missing(jobs: readonly QueuedJob[]): Promise<readonly QueuedJob[]> {
    const missing: QueuedJob[] = [];
    for (let start = 0; start < jobs.length; start += STATES_AT_ONCE) {
      const asked = jobs.slice(start, start + STATES_AT_ONCE);
      const states = await reachable(Promise.all(asked.map((job) => this.queue.getJobState(jobId(job)))));
      missing.push(...asked.filter((_, index) => !LIVE.has(states[index])));
    }
    return missing;
  }

  async close(): Promise<void> {
    await this.queue.close();
  }
}

/** BullMQ refuses `:` and bare integers in ids. */
function jobId({ shardId, attempt }: QueuedJob): string {
  return `${shardId}-a${attempt}`;
}

function bullJob(job: QueuedJob): { name: string; data: { shardId: string }; opts: { jobId: string } } {
  return { name: 'shard', data: { shardId: job.shardId }, opts: { jobId: jobId(job) } };
}

async function reachable<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    throw new QueueUnavailableError('The queue cannot be reached.', { cause: error });
  }
}
