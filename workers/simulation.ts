import os from 'node:os';
import type { Logger } from 'pino';
import { readSettings, SettingsError } from '../src/config';
import { openDatabase } from '../src/db/open-database';
import { executeShard } from '../src/experiments/execute-shard';
import { newIds as ids } from '../src/experiments/new-ids';
import { keepReconciling } from '../src/experiments/reconcile';
import { processFailpoint } from '../src/lab/failpoints';
import type { ShardId } from '../src/model/ids';
import { createLogger } from '../src/lab/logger';
import { MIGRATIONS_FOLDER } from '../src/lab/places';
import { waitUntilReady } from '../src/lab/wait-until-ready';
import { queueLocation, type Addresses } from '../src/queue/location';
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
async function main(): Promise<void> {
  const { databaseUrl, redisUrl, logLevel, failpoints } = readSettings();
  if (databaseUrl === null) throw new SettingsError('A worker needs DATABASE_URL; give the one of its API.');
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const)
    process.on(signal, () => stopping.abort());
  const logger = createLogger('worker', logLevel);
  await work({ addresses: { databaseUrl, redisUrl }, failpoints, logger }, stopping.signal);
  process.exit(0);
}

interface WorkSettings {
  readonly addresses: Addresses;
  readonly failpoints: string;
  readonly logger: Logger;
}

/** Works until the signal aborts; then the shard in hand goes back to the queue. */
async function work({ addresses, failpoints, logger }: WorkSettings, signal: AbortSignal): Promise<void> {
  const database = openDatabase(addresses.databaseUrl, { migrationsFolder: MIGRATIONS_FOLDER });
  const onError = (error: Error): void => logger.warn({ err: error }, 'queue');
  const queueSettings = { location: queueLocation(addresses), onError };
  const queue = openQueue(queueSettings);
  const simulator = new ThreadSimulator({ failpoints });
  await waitUntilReady({ database, queue }, logger, signal);
  if (!signal.aborted) {
    const { shards } = database;
    const owner = `${os.hostname()}-${process.pid}`;
    const lease = { owner, leaseMs: LEASE_MS, renewMs: RENEW_MS };
    const failpoint = processFailpoint(failpoints);
    const ports = { shards, simulator, ids, failpoint, report: logger, ...lease };
    const handle = async (shardId: ShardId): Promise<void> => {
      await executeShard(ports, shardId, signal);
      setImmediate(() => void failpoint('worker.acknowledging'));
    };
    const consumer = consume(queueSettings, handle, CONSUMER);
    logger.info({ owner }, 'worker started');
    await Promise.all([
      keepReconciling({ shards, queue: queue.workQueue, ids, report: logger }, signal),
      keepHouse(database, logger, signal),
      onceAborted(signal).then(() => consumer.close()),
    ]);
  }
  await simulator.close();
  await queue.close();
  await database.close();
  logger.info('worker stopped');
}

function onceAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
});
