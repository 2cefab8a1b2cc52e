import path from 'node:path';
import { SettingsError, type Settings } from '../config';
import { ensureDatabase } from '../db/embedded/ensure-database';
import { keepPostgres, type KeptPostgres } from '../db/embedded/kept-postgres';
import type { Report } from '../experiments/ports/report';

/** The Postgres server behind a lab: its own, or one that it was given. */
export interface DatabaseServer {
  readonly url: string;
  /** Resolves when the lab's own server died and cannot be started again: the lab must end. Otherwise never. */
  readonly failure: Promise<DatabaseServerError>;
  /** Ends the server if it is the lab's own. */
  stop(): Promise<void>;
}

/** There is no database to work with, and waiting does not help; its message is the sentence to show. */
export class DatabaseServerError extends Error {
  override readonly name = 'DatabaseServerError';
}

const DATABASE = 'lab';

/**
 * Takes `DATABASE_URL`, or starts the embedded server in `DATA_DIR` (or adopts one left behind there) and keeps it
 * running.
 * @throws SettingsError if another lab runs there; DatabaseServerError if it does not start; the signal's reason if that
 *   aborts: then nothing of the server is left
 */
export async function startDatabaseServer(
  { databaseUrl, dataDir }: Settings,
  report: Report,
  signal: AbortSignal,
): Promise<DatabaseServer> {
  if (databaseUrl !== null) return { url: databaseUrl, failure: NEVER, stop: async () => {} };
  const server = await startOwn(dataDir, report, signal);
  try {
    await ensureDatabase(server, DATABASE, signal);
  } catch (error) {
    await server.stop();
    throw error === signal.reason ? error : asServerError(error);
  }
  return {
    url: server.url(DATABASE),
    failure: server.failure.then(asServerError),
    stop: () => server.stop(),
  };
}

const NEVER = new Promise<never>(() => {});

async function startOwn(dataDir: string, report: Report, signal: AbortSignal): Promise<KeptPostgres> {
  const server = await keepPostgres({ dataDir: path.join(dataDir, 'postgres'), report, signal }).catch(
    (error: unknown) => {
      throw error === signal.reason ? error : asServerError(error);
    },
  );
  if (server !== null) return server;
  throw new SettingsError(
    `Another lab runs on DATA_DIR ${dataDir}; stop it, give another DATA_DIR, or share a server by DATABASE_URL.`,
  );
}

function asServerError(cause: unknown): DatabaseServerError {
  return new DatabaseServerError(cause instanceof Error ? cause.message : String(cause), { cause });
}
