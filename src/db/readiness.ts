import type pg from 'pg';
import { classifyFailure } from './failures';
import { readMigrations } from './migration-files';

const UNDEFINED_TABLE = '42P01';

/** Why the database cannot serve yet, one sentence each: empty when it is reachable and every migration applied. */
export async function databaseReady(pool: pg.Pool, migrationsFolder: string): Promise<readonly string[]> {
  try {
    const applied = await appliedMigrations(pool);
    const missing = wantedMigrations(migrationsFolder).filter((name) => !applied.has(name));
    return missing.map((name) => `The migration ${name} is not applied.`);
  } catch (error) {
    if (classifyFailure(error) === 'OTHER') throw error;
    return ['The database cannot be reached.'];
  }
}

function wantedMigrations(migrationsFolder: string): readonly string[] {
  return readMigrations(migrationsFolder).migrationDirectories.map(({ path }) => path);
}

/** Prisma's own record; there is none before the first migration. */
async function appliedMigrations(pool: pg.Pool): Promise<ReadonlySet<string>> {
  try {
    const { rows } = await pool.query<{ readonly name: string }>(
      'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    if ((error as { code?: unknown }).code === UNDEFINED_TABLE) return new Set();
    throw error;
  }
}
