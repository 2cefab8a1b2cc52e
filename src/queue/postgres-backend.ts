import { createPostgresBackend, runMigrations, withBackend } from 'bullmq';
import { Client } from 'pg';
import {
  QUEUE_NAME,
  workerOptions,
  type ConsumerOptions,
  type JobTaker,
  type Producer,
  type ShardJob,
} from './bull-parts';
import { pausingAfterFailure } from './pausing-after-failure';
import { ReopeningTaker, type OpenedTaker } from './reopening-taker';
import { seldom } from './seldom';

const { Queue, Worker } = withBackend(pausingAfterFailure(createPostgresBackend));

/** Each queue object keeps a pool of its own: a few connections, none idle for long. */
const CONNECTIONS_MAX = 3;
const CONNECT_WITHIN_MS = 2000;

/** BullMQ's queue in tables of its own, in the database of the lab's rows. */
export function openPostgresProducer(databaseUrl: string, onError: (error: Error) => void): Producer {
  const queue = new Queue<ShardJob>(QUEUE_NAME, { connection: connection(databaseUrl) });
  queue.on('error', onError);
  return {
    queue,
    unsafeSettings: async () => Promise.resolve([]),
    causeOf: (failure) => failure,
    close: () => queue.close().catch(onError),
  };
}

export function openPostgresTaker(
  databaseUrl: string,
  { handle, settings, onError }: ConsumerOptions,
): JobTaker {
  const report = seldom(onError);
  const open = (): OpenedTaker => {
    const worker = new Worker<ShardJob>(QUEUE_NAME, async (job) => handle(job.data), {
      ...workerOptions(settings),
      connection: connection(databaseUrl),
    });
    worker.on('error', report);
    worker.on('failed', (_job, error) => onError(error));
    return worker;
  };
  return new ReopeningTaker(open, report);
}

export async function preparePostgresQueue(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}

function connection(databaseUrl: string) {
  return {
    connectionString: databaseUrl,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
  };
}
