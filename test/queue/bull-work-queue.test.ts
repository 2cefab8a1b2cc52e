import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { QueuedJob } from '../../src/experiments/ports/stores';
import { QueueUnavailableError } from '../../src/experiments/ports/work-queue';
import { consume, openQueue, type Consumer, type OpenQueue } from '../../src/queue/open-queue';
import { prepareQueue } from '../../src/queue/backend';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database';

const JOBS: readonly QueuedJob[] = Array.from({ length: 40 }, (_, index) => ({
  shardId: `shd_${index}`,
  attempt: 1,
}));
const SETTINGS = { concurrency: 4, lockMs: 10_000, stalledCheckMs: 5_000 };

let database: TestDatabase;
let queue: OpenQueue;
let consumers: Consumer[];
let errors: Error[];

beforeEach(async () => {
  database = await createTestDatabase();
  errors = [];
  consumers = [];
  queue = openQueue({ databaseUrl: database.url, onError: (error) => errors.push(error) });
});

afterEach(async () => {
  await Promise.all(consumers.map((consumer) => consumer.close()));
  await queue.close();
  await database.drop();
});

/** Collects what is delivered; resolves when that many deliveries have come. */
function collect(deliveries: number, handle = async (): Promise<void> => {}): Promise<readonly string[]> {
  const delivered: string[] = [];
  return new Promise((resolve) => {
    const onError = (error: Error): number => errors.push(error);
    const consumer = consume(
      { databaseUrl: database.url, onError },
      async (shardId) => {
        delivered.push(shardId);
        if (delivered.length === deliveries) resolve(delivered);
        await handle();
      },
      SETTINGS,
    );
    consumers.push(consumer);
  });
}

describe('the work queue', () => {
  it('delivers every job', async () => {
    await queue.workQueue.enqueue(JOBS);
    const delivered = await collect(JOBS.length);
    expect(new Set(delivered)).toEqual(new Set(JOBS.map(({ shardId }) => shardId)));
  });

  it('makes one job of one that is enqueued twice, and another of its next attempt', async () => {
    const [job] = JOBS;
    await queue.workQueue.enqueue([job]);
    await queue.workQueue.enqueue([job, { ...job, attempt: 2 }, JOBS[1]]);
    expect([...(await collect(3))].sort()).toEqual(['shd_0', 'shd_0', 'shd_1']);
  });

  it('says which jobs neither wait nor run', async () => {
    await queue.workQueue.enqueue(JOBS.slice(0, 30));
    expect(await queue.workQueue.missing(JOBS)).toEqual(JOBS.slice(30));
  });

  it('does not repeat a job whose handling failed, and reports the failure', async () => {
    const failing = collect(1, () => Promise.reject(new Error('it cannot be handled')));
    await queue.workQueue.enqueue([JOBS[0]]);
    await failing;
    await consumers[0].close();
    expect(errors.map(({ message }) => message)).toEqual(['it cannot be handled']);
    expect(await queue.workQueue.missing([JOBS[0]])).toEqual([JOBS[0]]);
  });

  it('is ready when it can be reached, and says so when it cannot', async () => {
    expect(await queue.ready()).toEqual([]);
    await database.drop();
    expect(await queue.ready()).toEqual([expect.stringContaining('The queue cannot be reached')]);
    await expect(queue.workQueue.enqueue(JOBS)).rejects.toThrow(QueueUnavailableError);
  });

  it('works once its tables are there, even if it was asked before', async () => {
    const empty = await createEmptyDatabase();
    const early = openQueue({ databaseUrl: empty.url, onError: (error) => errors.push(error) });
    expect(await early.ready()).toHaveLength(1);
    await prepareQueue(empty.url);
    expect(await early.ready()).toEqual([]);
    await early.workQueue.enqueue(JOBS);
    expect(await early.workQueue.missing(JOBS)).toEqual([]);
    await early.close();
    await empty.drop();
  });
});
