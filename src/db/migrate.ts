import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { readMigrations } from './migration-files';
import { openSchemaEngine } from './schema-engine';

/** Any number that nothing else in the database uses as a lock. */
const migrationLock = 7_305_001;
const lockTimeoutMs = 60_000;

/**
 * Brings the database to the newest migration, as `prisma migrate deploy` would, and records what it did in the
 * same table. Processes that start at once wait for each other.
 * @param url the address of an existing Postgres database
 * @param migrationsFolder the folder `prisma/migrations`
 * @returns the names of the migrations applied now; empty if the database was up to date
 * @throws Error if a migration fails, or failed earlier and was not mended; an edited one is not noticed
 */
export async function applyMigrations(url: string, migrationsFolder: string): Promise<string[]> {
  return withMigrationLock(url, () => runEngine(url, migrationsFolder));
}

/** The lock belongs to the connection: if this process dies, Postgres releases it. */
async function withMigrationLock<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`SET lock_timeout = ${lockTimeoutMs}`);
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    return await work();
  } finally {
    await client.end();
  }
}

async function runEngine(url: string, migrationsFolder: string): Promise<string[]> {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
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
