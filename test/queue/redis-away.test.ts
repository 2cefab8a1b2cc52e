import { expect, it } from '@jest/globals';
import { QueueUnavailableError } from '../../src/experiments/ports/work-queue';
import { describeWithRedis } from '../support/redis';
import { JOBS, latch, TestQueue, useRedisQueue } from './open-test-queue';

const [job, next] = JOBS;

describeWithRedis('the work queue on a Redis', () => {
  const used = useRedisQueue();

  it('that was flushed misses all jobs, and takes and delivers them again', async () => {
    const { queue, redis } = used();
    const { workQueue } = queue.producer();
    await workQueue.enqueue(JOBS);
    await redis.flush();
    expect(await workQueue.missing(JOBS)).toEqual(JOBS);
    await workQueue.enqueue([job]);
    expect(await queue.collect(1).all).toEqual([job.shardId]);
  });

  it('that keeps its jobs on disk delivers them after a crash', async () => {
    const { queue, redis } = used();
    await redis.command('CONFIG', 'SET', 'appendfsync', 'always');
    await queue.producer().workQueue.enqueue([job]);
    await redis.kill();
    await redis.start();
    expect(await queue.collect(1).all).toEqual([job.shardId]);
  });

  it.each(['flushed', 'restarted empty', 'stopped and started', 'killed and started'])(
    'that was %s goes on with the same producer and the same waiting consumer',
    async (accident) => {
      const { queue, redis } = used();
      const producer = queue.producer();
      const { workQueue } = producer;
      const { all, delivered } = queue.collect(2);
      await workQueue.enqueue([job]);
      await until(() => delivered.length === 1);
      if (accident === 'flushed') await redis.flush();
      if (accident === 'restarted empty') await redis.restart('EMPTY');
      if (accident === 'stopped and started') await redis.stop().then(() => redis.start());
      if (accident === 'killed and started') await redis.kill().then(() => redis.start());
      await until(async () => (await producer.ready()).length === 0);
      await workQueue.enqueue([next]);
      expect(await all).toEqual([job.shardId, next.shardId]);
    },
  );

  it('that vanished under a running job does not disturb the next one', async () => {
    const { queue, redis } = used();
    const producer = queue.producer();
    const { workQueue } = producer;
    const goOn = latch();
    const { all, delivered } = queue.collect(2, async () => {
      await goOn.promise;
    });
    await workQueue.enqueue([job]);
    await until(() => delivered.length === 1);
    await redis.restart('EMPTY');
    goOn.resolve(null);
    await until(async () => (await producer.ready()).length === 0);
    await workQueue.enqueue([next]);
    expect(await all).toEqual([job.shardId, next.shardId]);
  });

  it('that is down refuses jobs at once, whether it was known before or not', async () => {
    const { queue, redis } = used();
    const [known, unknown] = [queue.producer(), queue.producer()];
    expect(await known.ready()).toEqual([]);
    await redis.stop();
    for (const { workQueue } of [known, unknown]) {
      expect(
        await milliseconds(expect(workQueue.enqueue(JOBS)).rejects.toThrow(QueueUnavailableError)),
      ).toBeLessThan(3000);
      await expect(workQueue.missing(JOBS)).rejects.toThrow(QueueUnavailableError);
    }
  });

  it('that does not answer refuses jobs within three seconds', async () => {
    const { queue, redis } = used();
    const producer = queue.producer();
    const { workQueue } = producer;
    expect(await producer.ready()).toEqual([]);
    redis.freeze();
    expect(
      await milliseconds(expect(workQueue.enqueue(JOBS)).rejects.toThrow(QueueUnavailableError)),
    ).toBeLessThan(3000);
    expect(await milliseconds(queue.close())).toBeLessThan(5000);
    redis.thaw();
  });

  it('that is down is not ready for a reason that names it, and ready when it is back', async () => {
    const { queue, redis } = used();
    const producer = queue.producer();
    await redis.stop();
    const reason = `The queue cannot be reached: connect ECONNREFUSED 127.0.0.1:${redis.port}.`;
    expect(await producer.ready()).toEqual([reason]);
    await redis.start();
    expect(await producer.ready()).toEqual([]);
    await redis.stop();
    expect(await producer.ready()).toEqual([
      expect.stringMatching(/ECONNREFUSED|the connection to Redis broke/),
    ]);
  });

  it('that is down tells its failures now and then, not each of them', async () => {
    const { queue, redis } = used();
    await redis.stop();
    queue.collect(1);
    await until(() => queue.errors.length > 0);
    await expect(queue.producer().workQueue.enqueue(JOBS)).rejects.toThrow(QueueUnavailableError);
    const words = queue.errors.map(({ message }) => message);
    expect(words.filter((each) => each.includes('ECONNREFUSED')).length).toBeLessThanOrEqual(2);
  });

  it.each(['before the consumer started', 'while it waits', 'while it has a job in hand'])(
    'that went down %s does not keep the consumer from ending within five seconds',
    async (moment) => {
      const { queue, redis } = used();
      if (moment === 'before the consumer started') await redis.stop();
      const { consumer, delivered } = queue.collect(1, () => until(() => redis.isDown));
      if (moment === 'while it has a job in hand') {
        await queue.producer().workQueue.enqueue([job]);
        await until(() => delivered.length === 1);
      }
      await redis.stop();
      await until(() => queue.errors.length > 0);
      expect(await milliseconds(consumer.close())).toBeLessThan(5000);
    },
  );

  it.each(['allkeys-lru', 'volatile-ttl'])('that may evict keys by %s is not ready', async (policy) => {
    const { queue, redis } = used();
    await redis.command('CONFIG', 'SET', 'maxmemory-policy', policy);
    expect(await queue.producer().ready()).toEqual([
      `Redis may forget jobs: its maxmemory-policy is ${policy}; give noeviction (redis-server --maxmemory-policy noeviction).`,
    ]);
  });

  it('that forbids CONFIG is asked in another way', async () => {
    const { queue, redis } = used();
    await redis.command('ACL', 'SETUSER', 'default', '-config');
    expect(await queue.producer().ready()).toEqual([]);
    expect(queue.errors).toEqual([]);
  });

  it('that refuses the password says so without it', async () => {
    const { redis } = used();
    await redis.command('ACL', 'SETUSER', 'lab', 'on', '>right', '~*', '&*', '+@all');
    const redisUrl = redis.url.replace('//', '//lab:very-secret@');
    const queue = new TestQueue({ kind: 'REDIS', redisUrl });
    queue.collect(1);
    expect(await queue.producer().ready()).toEqual([expect.stringContaining('WRONGPASS')]);
    await until(() => queue.errors.length > 0);
    expect(JSON.stringify(queue.errors.map((error) => [error.message, Object.entries(error)]))).not.toContain(
      'secret',
    );
    await queue.close();
  });
});

async function milliseconds(work: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work;
  return performance.now() - start;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}
