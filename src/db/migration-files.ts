import fs from 'node:fs';
import path from 'node:path';
import type { MigrationDirectory, MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';

const lockFile = 'migration_lock.toml';
const scriptFile = 'migration.sql';

/**
 * Reads `prisma/migrations` in the order of its names, which begin with the time of their making.
 * @throws Error if a folder holds no `migration.sql`
 */
export function readMigrations(folder: string): MigrationList {
  return {
    baseDir: folder,
    lockfile: { path: lockFile, content: fs.readFileSync(path.join(folder, lockFile), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames(folder).map((name) => readMigration(folder, name)),
  };
}

function migrationNames(folder: string): string[] {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function readMigration(folder: string, name: string): MigrationDirectory {
  const script = fs.readFileSync(path.join(folder, name, scriptFile), 'utf8');
  return { path: name, migrationFile: { path: scriptFile, content: { tag: 'ok', value: script } } };
}
