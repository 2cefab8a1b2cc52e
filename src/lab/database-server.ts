import path from 'node:path';
import type { Settings } from '../config';
import { SettingsError } from '../config';
import { startEmbeddedPostgres } from '../db/embedded/embedded-postgres';
import { ensureDatabase } from '../db/embedded/ensure-database';
import { claimExclusiveUse } from '../db/embedded/exclusive-use';

/** The Postgres server behind a lab: its own, or one that it was given. */
export interface DatabaseServer {
  readonly url: string;
  /** Ends the server if it is the lab's own. */
  stop(): Promise<void>;
}

const DATABASE = 'lab';

/** Takes `DATABASE_URL`, or starts the embedded server in `DATA_DIR` (or adopts one left behind there). */
export async function startDatabaseServer({ databaseUrl, dataDir }: Settings): Promise<DatabaseServer> {
  if (databaseUrl !== null) return { url: databaseUrl, stop: async () => {} };
  const server = await startEmbeddedPostgres({ dataDir: path.join(dataDir, 'postgres') });
  const release = await claimExclusiveUse(server);
  if (release === null)
    throw new SettingsError(
      `Another lab runs on DATA_DIR ${dataDir}; stop it, give another DATA_DIR, or share a server by DATABASE_URL.`,
    );
  await ensureDatabase(server, DATABASE);
  const stop = async (): Promise<void> => {
    await release();
    await server.stop();
  };
  return { url: server.url(DATABASE), stop };
}
