import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { readMigrations } from './migration-files';
import { NEVER_ABORTED, orAborted } from './or-aborted';
import { openSchemaEngine } from './schema-engine';
import { withSingleConnection } from './single-connection';

/** Any number that nothing else in the database uses as a lock. */
const migrationLock = 7_305_001;
const lockTimeoutMs = 60_000;
const connectTimeoutMs = 2500;

/**
 * Brings the database to the newest migration, as `prisma migrate deploy` would, and records what it did in the
 * same table. Processes that start at once wait for each other, a minute at the most.
 * @param url the address of an existing Postgres database
 * @param migrationsFolder the folder `prisma/migrations`
 * @param signal ends the waiting; a migration that has begun is finished, since half of one could not be mended
 * @returns the names of the migrations applied now; empty if the database was up to date
 * @throws Error if a migration fails, or failed earlier and was not mended; an edited one is not noticed
 */
export async function applyMigrations(
  url: string,
  migrationsFolder: string,
  signal: AbortSignal = NEVER_ABORTED,
): Promise<string[]> {
  return withMigrationLock(url, signal, () => runEngine(url, migrationsFolder));
}

/** The lock belongs to the connection: if this process dies, Postgres releases it. */
async function withMigrationLock<T>(url: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return withSingleConnection(url, { signal, lockWaitMsMax: lockTimeoutMs }, async (client) => {
    await orAborted(client.query('SELECT pg_advisory_lock($1)', [migrationLock]), signal);
    return work();
  });
}

async function runEngine(url: string, migrationsFolder: string): Promise<string[]> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
  });
  // A connection that breaks while idle is reported here; the query that needs it fails by itself.
  pool.on('error', () => undefined);
  const engine = await openSchemaEngine(new PrismaPg(pool));
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: readMigrations(migrationsFolder),
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } finally {
    engine.free();
    await pool.end();
  }
}
