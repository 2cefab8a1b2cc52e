import { describe, expect, it } from '@jest/globals';
import { hasRedisServer, describeWithRedis } from '../support/redis';
import { JOBS, postgresPlace, redisPlace, useQueue, type TestPlace } from './open-test-queue';

describe('the work queue on Postgres', () => theWorkQueue(postgresPlace));
describeWithRedis('the work queue on Redis', () => theWorkQueue(redisPlace));

/** What must hold whatever the queue lives in. */
function theWorkQueue(openPlace: () => Promise<TestPlace>): void {
  const queue = useQueue(openPlace);
  const [job] = JOBS;

  it('delivers every job', async () => {
    await queue().producer().workQueue.enqueue(JOBS);
    const delivered = await queue().collect(JOBS.length).all;
    expect(new Set(delivered)).toEqual(new Set(JOBS.map(({ shardId }) => shardId)));
  });

  it('makes one job of one that is enqueued twice, and another of its next attempt', async () => {
    const { workQueue } = queue().producer();
    await workQueue.enqueue([job]);
    await workQueue.enqueue([job, { ...job, attempt: 2 }, JOBS[1]]);
    expect([...(await queue().collect(3).all)].sort()).toEqual(['shd_0', 'shd_0', 'shd_1']);
  });

  it('gives a job to one of several workers', async () => {
    const [one, other] = [queue().collect(Infinity), queue().collect(Infinity)];
    await queue().producer().workQueue.enqueue(JOBS);
    await until(() => one.delivered.length + other.delivered.length >= JOBS.length);
    await Promise.all([one.consumer.close(), other.consumer.close()]);
    expect(new Set([...one.delivered, ...other.delivered]).size).toBe(JOBS.length);
    expect(one.delivered.length + other.delivered.length).toBe(JOBS.length);
  });

  it('says which jobs neither wait nor run', async () => {
    const { workQueue } = queue().producer();
    await workQueue.enqueue(JOBS.slice(0, 30));
    expect(await workQueue.missing(JOBS)).toEqual(JOBS.slice(30));
  });

  it('does not repeat a job whose handling failed, and reports the failure', async () => {
    const failing = queue().collect(1, () => Promise.reject(new Error('it cannot be handled')));
    const { workQueue } = queue().producer();
    await workQueue.enqueue([job]);
    await failing.all;
    await failing.consumer.close();
    expect(queue().errors.map(({ message }) => message)).toEqual(['it cannot be handled']);
    expect(await workQueue.missing([job])).toEqual([job]);
  });

  it('lets a consumer end only when the job in hand is done', async () => {
    const steps: string[] = [];
    const inHand = queue().collect(1, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      steps.push('job done');
    });
    await queue().producer().workQueue.enqueue([job]);
    await inHand.all;
    await inHand.consumer.close().then(() => steps.push('consumer closed'));
    expect(steps).toEqual(['job done', 'consumer closed']);
  });

  it('is ready when it can be reached', async () => {
    expect(await queue().producer().ready()).toEqual([]);
  });
}

describe('continuous integration', () => {
  it('has a Redis to run these suites on', () => {
    expect(hasRedisServer() || process.env.CI !== 'true').toBe(true);
  });
});

/** Looks again at each turn of the event loop; the test's time-out is its limit. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
