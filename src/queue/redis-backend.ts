import { createRedisBackend, withBackend } from 'bullmq';
import type { Redis } from 'ioredis';
import {
  QUEUE_NAME,
  workerOptions,
  type ConsumerOptions,
  type JobTaker,
  type Producer,
  type ShardJob,
} from './bull-parts';
import { pausingAfterFailure } from './pausing-after-failure';
import { producerConnection, withoutCommand, WorkerConnection } from './redis-connections';
import { seldom } from './seldom';

const { Queue, Worker } = withBackend(pausingAfterFailure(createRedisBackend));

/** Before every key, so that a Redis may be shared with other programs that use BullMQ. */
const PREFIX = 'replication-lab';

/** BullMQ's queue in a Redis. */
export function openRedisProducer(redisUrl: string, onError: (error: Error) => void): Producer {
  const connection = producerConnection(redisUrl);
  let trouble: Error | null = null;
  connection.on('error', (error: Error) => (trouble = withoutCommand(error)));
  connection.on('close', () => (trouble ??= new Error('the connection to Redis broke')));
  connection.on('ready', () => (trouble = null));
  const queue = new Queue<ShardJob>(QUEUE_NAME, { connection, prefix: PREFIX });
  queue.on('error', (error) => onError(withoutCommand(error)));
  return {
    queue,
    unsafeSettings: () => unsafeSettings(connection, onError),
    causeOf: (failure) => trouble ?? withoutCommand(failure),
    close: async () => {
      await queue.close().catch(onError);
      connection.disconnect();
    },
  };
}

export function openRedisTaker(redisUrl: string, { handle, settings, onError }: ConsumerOptions): JobTaker {
  const connection = new WorkerConnection(redisUrl);
  const worker = new Worker<ShardJob>(QUEUE_NAME, async (job) => handle(job.data), {
    ...workerOptions(settings),
    connection,
    prefix: PREFIX,
  });
  const report = seldom(onError);
  worker.on('error', (error) => report(withoutCommand(error)));
  worker.on('failed', (_job, error) => onError(error));
  return {
    close: async () => {
      await connection.endReconnecting().catch(report);
      await worker.close();
      connection.cutOff();
    },
    cutOff: () => connection.cutOff(),
  };
}

/** Asked by INFO, which managed servers allow more often than CONFIG, and which BullMQ needs anyway. */
async function unsafeSettings(
  connection: Redis,
  onError: (error: Error) => void,
): Promise<readonly string[]> {
  const memory = await connection.info('memory');
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
  if (policy === 'noeviction') return [];
  if (policy !== undefined)
    return [
      `Redis may forget jobs: its maxmemory-policy is ${policy}; give noeviction (redis-server --maxmemory-policy noeviction).`,
    ];
  onError(new Error('Redis does not tell its maxmemory-policy; make sure that it is noeviction.'));
  return [];
}
