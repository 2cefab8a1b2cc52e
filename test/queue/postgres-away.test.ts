import { describe, expect, it } from '@jest/globals';
import { QueueUnavailableError } from '../../src/experiments/ports/work-queue';
import { prepareQueue } from '../../src/queue/backend';
import type { QueueLocation } from '../../src/queue/location';
import { eventually } from '../support/eventually';
import { createEmptyDatabase, createTestDatabase } from '../support/database';
import { JOBS, TestQueue } from './open-test-queue';

describe('the work queue on a Postgres', () => {
  it('that is gone is not ready, says so and refuses jobs', async () => {
    const database = await createTestDatabase();
    const queue = new TestQueue({ kind: 'POSTGRES', databaseUrl: database.url });
    const producer = queue.producer();
    expect(await producer.ready()).toEqual([]);
    await database.drop();
    expect(await producer.ready()).toEqual([expect.stringContaining('The queue cannot be reached')]);
    await expect(producer.workQueue.enqueue(JOBS)).rejects.toThrow(QueueUnavailableError);
    await queue.close();
  });

  it('gives its jobs to a worker whose first look at it failed', async () => {
    const empty = await createEmptyDatabase();
    const location: QueueLocation = { kind: 'POSTGRES', databaseUrl: empty.url };
    const queue = new TestQueue(location);
    const early = queue.collect(JOBS.length);
    await eventually(() => queue.errors.length > 0, { what: 'its first look failed', limitMs: 10_000 });
    await prepareQueue(location);
    await queue.producer().workQueue.enqueue(JOBS);
    expect([...(await early.all)].sort()).toEqual(JOBS.map(({ shardId }) => shardId).sort());
    await queue.close();
    await empty.drop();
  });

  it('works once its tables are there, even if it was asked before', async () => {
    const empty = await createEmptyDatabase();
    const location: QueueLocation = { kind: 'POSTGRES', databaseUrl: empty.url };
    const queue = new TestQueue(location);
    const early = queue.producer();
    expect(await early.ready()).toHaveLength(1);
    await prepareQueue(location);
    expect(await early.ready()).toEqual([]);
    await early.workQueue.enqueue(JOBS);
    expect(await early.workQueue.missing(JOBS)).toEqual([]);
    await queue.close();
    await empty.drop();
  });
});
