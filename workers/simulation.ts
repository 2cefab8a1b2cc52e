import os from 'node:os';
import { openDatabase } from '../src/db/open-database';
import { executeShard } from '../src/experiments/execute-shard';
import { keepReconciling } from '../src/experiments/reconcile';
import { readSettings, SettingsError } from '../src/config';
import { createLogger } from '../src/lab/logger';
import { MIGRATIONS_FOLDER } from '../src/lab/places';
import { consume, openQueue } from '../src/queue/open-queue';
import { ThreadSimulator } from './thread-simulator';

/** Another worker may take a shard whose owner was silent for this long. */
const LEASE_MS = 10_000;
const RENEW_MS = 500;
/** A job whose worker was silent for this long is delivered again. */
const JOB_LOCK_MS = 10_000;
const STALLED_CHECK_MS = 5_000;

/** One worker process: takes one shard after another and keeps an eye on what other processes left behind. */
function main(): void {
  const settings = readSettings();
  if (settings.databaseUrl === null)
    throw new SettingsError('A worker needs DATABASE_URL; give the one of its API.');
  const { databaseUrl } = settings;
  const logger = createLogger('worker', settings.logLevel);
  const database = openDatabase(databaseUrl, { migrationsFolder: MIGRATIONS_FOLDER });
  const queueSettings = { databaseUrl, onError: (error: Error) => logger.warn({ err: error }, 'queue') };
  const queue = openQueue(queueSettings);
  const simulator = new ThreadSimulator();
  const stopping = new AbortController();
  const { shards } = database;
  const owner = `${os.hostname()}-${process.pid}`;
  const ports = { shards, simulator, report: logger, owner, leaseMs: LEASE_MS, renewMs: RENEW_MS };
  const consumer = consume(queueSettings, (shardId) => executeShard(ports, shardId, stopping.signal), {
    concurrency: 1,
    lockMs: JOB_LOCK_MS,
    stalledCheckMs: STALLED_CHECK_MS,
  });
  const reconciling = keepReconciling({ shards, queue: queue.workQueue, report: logger }, stopping.signal);
  const stop = async (): Promise<void> => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    await consumer.close();
    await reconciling;
    await simulator.close();
    await queue.close();
    await database.close();
    logger.info('worker stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, () => void stop());
  logger.info({ owner }, 'worker started');
}

try {
  main();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
