import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { QueuedJob } from '../../src/experiments/ports/stores';
import type { QueueLocation } from '../../src/queue/location';
import { consume, openQueue, type Consumer, type OpenQueue } from '../../src/queue/open-queue';
import { createTestDatabase } from '../support/database';
import { startRedis, type RedisServer } from '../support/redis';

export const JOBS: readonly QueuedJob[] = Array.from({ length: 40 }, (_, index) => ({
  shardId: `shd_${index}`,
  attempt: 1,
}));
const SETTINGS = { concurrency: 4, lockMs: 10_000, stalledCheckMs: 5_000 };

/** A place for a queue, and what takes it away again. */
export interface TestPlace {
  readonly location: QueueLocation;
  remove(): Promise<void>;
}

export async function postgresPlace(): Promise<TestPlace> {
  const database = await createTestDatabase();
  return { location: { kind: 'POSTGRES', databaseUrl: database.url }, remove: () => database.drop() };
}

export async function redisPlace(): Promise<TestPlace> {
  const redis = await startRedis();
  return { location: { kind: 'REDIS', redisUrl: redis.url }, remove: () => redis.remove() };
}

/** A queue with its consumers, as one test sees them. */
export class TestQueue {
  readonly errors: Error[] = [];
  private readonly open: { close(): Promise<void> }[] = [];

  constructor(private readonly location: QueueLocation) {}

  producer(): OpenQueue {
    const { location } = this;
    const queue = openQueue({ location, onError: (error) => this.errors.push(error) });
    this.open.push(queue);
    return queue;
  }

  /** Collects what is delivered; `all` resolves when that many deliveries have come. */
  collect(deliveries: number, handle = async (): Promise<void> => {}): Collection {
    const delivered: string[] = [];
    const { promise: all, resolve } = latch<readonly string[]>();
    const consumer = consume(
      { location: this.location, onError: (error) => this.errors.push(error) },
      async (shardId) => {
        delivered.push(shardId);
        if (delivered.length === deliveries) resolve(delivered);
        await handle();
      },
      SETTINGS,
    );
    this.open.push(consumer);
    return { all, consumer, delivered };
  }

  async close(): Promise<void> {
    await Promise.all(this.open.splice(0).map((each) => each.close()));
  }
}

export interface Collection {
  readonly all: Promise<readonly string[]>;
  readonly consumer: Consumer;
  readonly delivered: readonly string[];
}

export function latch<Value = null>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Call it beside the tests: an empty queue for each of them. */
export function useQueue(openPlace: () => Promise<TestPlace>): () => TestQueue {
  let place: TestPlace;
  let queue: TestQueue;
  beforeEach(async () => {
    place = await openPlace();
    queue = new TestQueue(place.location);
  });
  afterEach(async () => {
    await queue.close();
    await place.remove();
  });
  return () => queue;
}

/** The same on a Redis that the tests may stop, kill and start. */
export function useRedisQueue(): () => { readonly queue: TestQueue; readonly redis: RedisServer } {
  let redis: RedisServer;
  let queue: TestQueue;
  beforeAll(async () => {
    redis = await startRedis();
  });
  beforeEach(async () => {
    await redis.kill();
    await redis.restart('EMPTY');
    queue = new TestQueue({ kind: 'REDIS', redisUrl: redis.url });
  });
  afterEach(() => queue.close());
  afterAll(() => redis.remove());
  return () => ({ queue, redis });
}
