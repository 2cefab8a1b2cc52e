import type { Logger } from 'pino';
import { createServer } from '../api/server/create-server';
import type { Settings } from '../config';
import { startDatabaseServer } from './database-server';
import { openDatabase, type Database } from '../db/open-database';
import { createLab } from '../experiments/create-lab';
import type { Lab } from '../experiments/lab';
import { newIds } from '../experiments/new-ids';
import { MIGRATIONS_FOLDER } from './places';
import { prepareDatabase } from './prepare-database';
import { openQueue, type OpenQueue } from '../queue/open-queue';
import { WorkerFleet } from './worker-fleet';

/** A lab that serves: API, workers and, unless it was given one, its database. */
export interface RunningLab {
  /** Address of the API without a path: `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Stops all of it: no connection, process or lease is left. */
  stop(): Promise<void>;
}

/**
 * Starts everything a lab has. The API listens before the database is ready, so that `/readyz` can tell what is
 * missing; the promise resolves when it is ready, or half started when the signal aborts.
 */
export async function startLab(settings: Settings, logger: Logger, signal: AbortSignal): Promise<RunningLab> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const server = await startDatabaseServer(settings);
    stops.push(() => server.stop());
    const { database, queue } = openAdapters(server.url, logger);
    stops.push(
      () => database.close(),
      () => queue.close(),
    );
    const lab = joinLab(database, queue, logger);
    const api = await createServer({ lab, host: settings.host, port: settings.port, logger });
    stops.push(() => api.close());
    await prepareDatabase(server.url, logger, signal);
    const { logLevel } = settings;
    const size = signal.aborted ? 0 : settings.workers;
    const fleet = new WorkerFleet({ size, databaseUrl: server.url, logLevel, logger });
    stops.push(() => fleet.stop());
    return { url: api.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Adapters {
  readonly database: Database;
  readonly queue: OpenQueue;
}

function openAdapters(databaseUrl: string, logger: Logger): Adapters {
  const onError = (error: Error): void => logger.warn({ err: error }, 'queue');
  return {
    database: openDatabase(databaseUrl, { migrationsFolder: MIGRATIONS_FOLDER }),
    queue: openQueue({ databaseUrl, onError }),
  };
}

function joinLab(database: Database, queue: OpenQueue, logger: Logger): Lab {
  const { clusters, experiments, changes } = database;
  const readiness = async (): Promise<readonly string[]> => {
    const reasons = await database.ready();
    return reasons.length > 0 ? reasons : queue.ready();
  };
  return createLab({
    clusters,
    experiments,
    changes,
    queue: queue.workQueue,
    ids: newIds,
    report: logger,
    readiness,
  });
}
