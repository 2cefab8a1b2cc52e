import type { Logger } from 'pino';
import { createServer } from '../api/server/create-server';
import type { Settings } from '../config';
import { startDatabaseServer, type DatabaseServerError } from './database-server';
import { openDatabase, type Database } from '../db/open-database';
import { Afterwards } from '../experiments/afterwards';
import { createLab } from '../experiments/create-lab';
import type { Lab } from '../experiments/lab';
import { newIds } from '../experiments/new-ids';
import type { Failpoint } from '../experiments/ports/failpoint';
import { processFailpoint } from './failpoints';
import { MIGRATIONS_FOLDER } from './places';
import { prepareDatabase } from './prepare-database';
import { queueLocation, type Addresses } from '../queue/location';
import { openQueue, type OpenQueue } from '../queue/open-queue';
import { reasonsAgainst } from './readiness';
import { WorkerFleet } from './worker-fleet';

/** A lab that serves: API, workers and, unless it was given one, its database. */
export interface RunningLab {
  /** Address of the API without a path: `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Resolves when the lab cannot go on: its own database died and cannot be started again. Otherwise never. */
  readonly failure: Promise<DatabaseServerError>;
  /** Stops all of it: no connection, process or lease is left. */
  stop(): Promise<void>;
}

/**
 * Starts everything a lab has. The API listens before the database is ready, so that `/readyz` can tell what is
 * missing; the promise resolves when it is ready, or half started when the signal aborts.
 * @throws the signal's reason if it aborts before there is anything to stop
 */
export async function startLab(settings: Settings, logger: Logger, signal: AbortSignal): Promise<RunningLab> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const server = await startDatabaseServer(settings, logger, signal);
    stops.push(() => server.stop());
    const addresses = { databaseUrl: server.url, redisUrl: settings.redisUrl };
    const { database, queue } = openAdapters(addresses, logger);
    stops.push(
      () => database.close(),
      () => queue.close(),
    );
    const afterwards = new Afterwards(logger);
    stops.push(() => afterwards.settled());
    const { host, port, allowedHosts, logLevel } = settings;
    const failpoint = processFailpoint(settings.failpoints);
    const lab = joinLab({ database, queue, afterwards, failpoint }, logger);
    const api = await createServer({ lab, host, port, allowedHosts, logger });
    stops.push(() => api.close());
    await prepareDatabase(addresses, logger, signal);
    const size = signal.aborted ? 0 : settings.workers;
    const fleet = new WorkerFleet({ size, addresses, logLevel, logger });
    stops.push(() => fleet.stop());
    return { url: api.url, failure: server.failure, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Adapters {
  readonly database: Database;
  readonly queue: OpenQueue;
}

interface LabParts extends Adapters {
  readonly afterwards: Afterwards;
  readonly failpoint: Failpoint;
}

function openAdapters(addresses: Addresses, logger: Logger): Adapters {
  const onError = (error: Error): void => logger.warn({ err: error }, 'queue');
  return {
    database: openDatabase(addresses.databaseUrl, { migrationsFolder: MIGRATIONS_FOLDER }),
    queue: openQueue({ location: queueLocation(addresses), onError }),
  };
}

function joinLab({ database, queue, afterwards, failpoint }: LabParts, logger: Logger): Lab {
  const { clusters, experiments, changes } = database;
  return createLab({
    clusters,
    experiments,
    changes,
    queue: queue.workQueue,
    ids: newIds,
    report: logger,
    afterwards,
    failpoint,
    readiness: () => reasonsAgainst({ database, queue }),
  });
}
