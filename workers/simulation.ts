import os from 'node:os';
import type { Logger } from 'pino';
import { readSettings, SettingsError } from '../src/config';
import { openDatabase } from '../src/db/open-database';
import { executeShard } from '../src/experiments/execute-shard';
import { keepReconciling } from '../src/experiments/reconcile';
import { createLogger } from '../src/lab/logger';
import { MIGRATIONS_FOLDER } from '../src/lab/places';
import { consume, openQueue } from '../src/queue/open-queue';
import { keepHouse } from './keep-house';
import { ThreadSimulator } from './thread-simulator';

/** Another worker may take a shard whose owner was silent for this long. */
const LEASE_MS = 10_000;
const RENEW_MS = 500;
/** One shard at a time: the engine's thread fills a core. */
const CONSUMER = {
  concurrency: 1,
  /** A job whose worker was silent for this long is delivered again. */
  lockMs: 10_000,
  stalledCheckMs: 5_000,
};

/** One worker process: takes one shard after another and mends what other processes left behind. */
function main(): void {
  const { databaseUrl, logLevel } = readSettings();
  if (databaseUrl === null) throw new SettingsError('A worker needs DATABASE_URL; give the one of its API.');
  const logger = createLogger('worker', logLevel);
  const stop = startWork(databaseUrl, logger);
  let stopping: Promise<void> | null = null;
  const stopOnce = (): void => {
    stopping ??= stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, stopOnce);
}

/** Returns what ends it: the shard in hand goes back to the queue. */
function startWork(databaseUrl: string, logger: Logger): () => Promise<void> {
  const database = openDatabase(databaseUrl, { migrationsFolder: MIGRATIONS_FOLDER });
  const queueSettings = { databaseUrl, onError: (error: Error) => logger.warn({ err: error }, 'queue') };
  const queue = openQueue(queueSettings);
  const simulator = new ThreadSimulator();
  const { signal, abort } = stopSignal();
  const { shards } = database;
  const owner = `${os.hostname()}-${process.pid}`;
  const ports = { shards, simulator, report: logger, owner, leaseMs: LEASE_MS, renewMs: RENEW_MS };
  const consumer = consume(queueSettings, (shardId) => executeShard(ports, shardId, signal), CONSUMER);
  const upkeep = Promise.all([
    keepReconciling({ shards, queue: queue.workQueue, report: logger }, signal),
    keepHouse(database, logger, signal),
  ]);
  logger.info({ owner }, 'worker started');
  return async () => {
    abort();
    await consumer.close();
    await upkeep;
    await simulator.close();
    await queue.close();
    await database.close();
    logger.info({ owner }, 'worker stopped');
  };
}

function stopSignal(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

try {
  main();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
