import { createPostgresBackend, runMigrations, withBackend } from 'bullmq';
import { Client } from 'pg';

/** The one queue: each of its jobs asks for a shard to be claimed. */
export const QUEUE_NAME = 'shards';

/** What a job carries: the rows know the rest. */
export interface ShardJob {
  readonly shardId: string;
}

const { Queue, Worker } = withBackend(createPostgresBackend);

/** Each queue object keeps a pool of its own: a few connections, none idle for long. */
const CONNECTIONS_MAX = 3;

/** BullMQ's objects on the backend in use. This file alone knows which one that is. */
export function openBullQueue(databaseUrl: string): InstanceType<typeof Queue<ShardJob>> {
  return new Queue<ShardJob>(QUEUE_NAME, { connection: connection(databaseUrl) });
}

export type BullQueue = ReturnType<typeof openBullQueue>;
export type BullWorker = InstanceType<typeof Worker<ShardJob>>;

export interface ConsumerSettings {
  readonly concurrency: number;
  /** How long a job may be silent before another worker gets it. */
  readonly lockMs: number;
  /** How often a worker looks for silent jobs. */
  readonly stalledCheckMs: number;
}

export function openBullWorker(
  databaseUrl: string,
  handle: (job: ShardJob) => Promise<void>,
  { concurrency, lockMs, stalledCheckMs }: ConsumerSettings,
): BullWorker {
  return new Worker<ShardJob>(QUEUE_NAME, async (job) => handle(job.data), {
    connection: connection(databaseUrl),
    concurrency,
    lockDuration: lockMs,
    stalledInterval: stalledCheckMs,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  });
}

/** Brings the queue's own tables up to date; safe with several processes starting at once. */
export async function prepareQueue(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}

function connection(databaseUrl: string): { connectionString: string; max: number } {
  return { connectionString: databaseUrl, max: CONNECTIONS_MAX };
}
