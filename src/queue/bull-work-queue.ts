import type { QueuedJob } from '../experiments/ports/stores';
import { QueueUnavailableError, type WorkQueue } from '../experiments/ports/work-queue';
import type { BullQueue, NewBullJob, Producer } from './bull-parts';
import { within } from './time-limit';

/** Jobs handed to BullMQ in one call, and states asked for at once. */
const BATCH = 500;
const STATES_AT_ONCE = 20;

/** Of a call, opening included: a request waits for it, or a look at readiness; the reconciler mends what failed. */
const ANSWER_WITHIN_MS = 1500;
const LATE = `There was no answer within ${ANSWER_WITHIN_MS} ms`;

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
 * first needed, and opened anew after such a look. Once open it recovers by itself.
 */
export class BullWorkQueue implements WorkQueue {
  private opened: Promise<Producer> | null = null;

  constructor(private readonly open: () => Producer) {}

  async enqueue(jobs: readonly QueuedJob[]): Promise<void> {
    for (let start = 0; start < jobs.length; start += BATCH)
      await this.use(({ queue }) => queue.addBulk(jobs.slice(start, start + BATCH).map(bullJob)));
  }

  async missing(jobs: readonly QueuedJob[]): Promise<readonly QueuedJob[]> {
    const missing: QueuedJob[] = [];
    for (let start = 0; start < jobs.length; start += STATES_AT_ONCE) {
      const asked = jobs.slice(start, start + STATES_AT_ONCE);
      const states = await this.use(({ queue }) => statesOf(queue, asked));
      missing.push(...asked.filter((_, index) => !LIVE.has(states[index])));
    }
    return missing;
  }

  /**
   * Why jobs are not safe in the queue, one sentence each.
   * @throws QueueUnavailableError with the cause
   */
  async unsafeSettings(): Promise<readonly string[]> {
    return this.use(async (producer) => {
      await producer.queue.getJobCountByTypes('waiting');
      return producer.unsafeSettings();
    });
  }

  async close(): Promise<void> {
    const producer = await this.opened?.catch(() => null);
    await producer?.close();
  }

  private async use<Answer>(call: (producer: Producer) => Promise<Answer>): Promise<Answer> {
    const answer = this.ready().then((producer) =>
      call(producer).catch((failure: unknown) => {
        throw asError(producer.causeOf(failure));
      }),
    );
    try {
      return await within(ANSWER_WITHIN_MS, answer, LATE);
    } catch (error) {
      throw new QueueUnavailableError('The queue cannot be reached.', { cause: error });
    }
  }

  private ready(): Promise<Producer> {
    this.opened ??= this.openAndLook().catch((error: unknown) => {
      this.opened = null;
      throw error;
    });
    return this.opened;
  }

  private async openAndLook(): Promise<Producer> {
    const producer = this.open();
    try {
      await within(ANSWER_WITHIN_MS, producer.queue.waitUntilReady(), LATE);
      return producer;
    } catch (error) {
      void producer.close();
      throw asError(producer.causeOf(error));
    }
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function statesOf(queue: BullQueue, jobs: readonly QueuedJob[]): Promise<readonly string[]> {
  return Promise.all(jobs.map((job) => queue.getJobState(jobId(job))));
}

/** BullMQ refuses `:` and bare integers in ids. */
function jobId({ shardId, attempt }: QueuedJob): string {
  return `${shardId}-a${attempt}`;
}

function bullJob(job: QueuedJob): NewBullJob {
  return { name: 'shard', data: { shardId: job.shardId }, opts: { jobId: jobId(job) } };
}
