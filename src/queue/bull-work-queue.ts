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

/**
 * The work queue on BullMQ. A job's id is its shard's with the attempt, so that adding it twice makes one job.
 *
 * BullMQ's object remembers for ever that its first look found no server or no tables; so it is opened when it is
 * first needed, and opened anew after such a look.
 */
export class BullWorkQueue implements WorkQueue {
  private opened: Promise<BullQueue> | null = null;

  constructor(private readonly open: () => BullQueue) {}

  async enqueue(jobs: readonly QueuedJob[]): Promise<void> {
    for (let start = 0; start < jobs.length; start += BATCH)
      await this.use((queue) => queue.addBulk(jobs.slice(start, start + BATCH).map(bullJob)));
  }

  async missing(jobs: readonly QueuedJob[]): Promise<readonly QueuedJob[]> {
    const missing: QueuedJob[] = [];
    for (let start = 0; start < jobs.length; start += STATES_AT_ONCE) {
      const asked = jobs.slice(start, start + STATES_AT_ONCE);
      const states = await this.use((queue) =>
        Promise.all(asked.map((job) => queue.getJobState(jobId(job)))),
      );
      missing.push(...asked.filter((_, index) => !LIVE.has(states[index])));
    }
    return missing;
  }

  /** @throws QueueUnavailableError with the cause */
  async checkReachable(): Promise<void> {
    await this.use((queue) => queue.getJobCountByTypes('waiting'));
  }

  async close(): Promise<void> {
    const queue = await this.opened?.catch(() => null);
    await queue?.close();
  }

  private async use<Answer>(call: (queue: BullQueue) => Promise<Answer>): Promise<Answer> {
    try {
      return await call(await this.ready());
    } catch (error) {
      throw new QueueUnavailableError('The queue cannot be reached.', { cause: error });
    }
  }

  private ready(): Promise<BullQueue> {
    this.opened ??= this.openAndLook().catch((error: unknown) => {
      this.opened = null;
      throw error;
    });
    return this.opened;
  }

  private async openAndLook(): Promise<BullQueue> {
    const queue = this.open();
    try {
      await queue.waitUntilReady();
      return queue;
    } catch (error) {
      await queue.close();
      throw error;
    }
  }
}

/** BullMQ refuses `:` and bare integers in ids. */
function jobId({ shardId, attempt }: QueuedJob): string {
  return `${shardId}-a${attempt}`;
}

function bullJob(job: QueuedJob): { name: string; data: { shardId: string }; opts: { jobId: string } } {
  return { name: 'shard', data: { shardId: job.shardId }, opts: { jobId: jobId(job) } };
}
