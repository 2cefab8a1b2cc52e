import type { ConsumerOptions, JobTaker, Producer } from './bull-parts';
import type { QueueLocation } from './location';
import { openPostgresProducer, openPostgresTaker, preparePostgresQueue } from './postgres-backend';
import { openRedisProducer, openRedisTaker } from './redis-backend';

/** BullMQ's objects on the server in use: here alone it is chosen. */
export function openProducer(location: QueueLocation, onError: (error: Error) => void): Producer {
  return location.kind === 'REDIS'
    ? openRedisProducer(location.redisUrl, onError)
    : openPostgresProducer(location.databaseUrl, onError);
}

/** Starts to take jobs; waits for its server if that is away. */
export function openTaker(location: QueueLocation, options: ConsumerOptions): JobTaker {
  return location.kind === 'REDIS'
    ? openRedisTaker(location.redisUrl, options)
    : openPostgresTaker(location.databaseUrl, options);
}

/** Brings the queue's own tables up to date, where it needs any; safe with several processes starting at once. */
export async function prepareQueue(location: QueueLocation): Promise<void> {
  if (location.kind === 'POSTGRES') await preparePostgresQueue(location.databaseUrl);
}
