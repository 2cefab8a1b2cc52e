import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '../../src/db/open-database';
import { MIGRATIONS_FOLDER, useDatabase } from '../support/open-test-database';

const lab = useDatabase();
const copies: string[] = [];

afterAll(() => copies.forEach((folder) => fs.rmSync(folder, { recursive: true })));

/** The migrations and one more, which nobody applied. */
function withUnappliedMigration(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'replication-lab-migrations-'));
  copies.push(folder);
  fs.cpSync(MIGRATIONS_FOLDER, folder, { recursive: true });
  fs.mkdirSync(path.join(folder, '99990101000000_future'));
  fs.writeFileSync(path.join(folder, '99990101000000_future', 'migration.sql'), 'SELECT 1;');
  return folder;
}

async function readyOf(url: string, migrationsFolder: string): Promise<readonly string[]> {
  const database = openDatabase(url, { migrationsFolder });
  return database.ready().finally(() => database.close());
}

describe('readiness', () => {
  it('has no reason against a migrated database', async () => {
    expect(await lab().database.ready()).toEqual([]);
  });

  it('names a migration that is not applied', async () => {
    expect(await readyOf(lab().url, withUnappliedMigration())).toEqual([
      'The migration 99990101000000_future is not applied.',
    ]);
  });

  it('names every migration in a database that has none', async () => {
    const empty = new URL(lab().url);
    empty.pathname = 'postgres';
    const reasons = await readyOf(empty.href, MIGRATIONS_FOLDER);
    expect(reasons[0]).toMatch(/^The migration \d{14}_create_tables is not applied\.$/);
  });

  it('says that a database cannot be reached', async () => {
    const reasons = await readyOf('postgresql://127.0.0.1:1/nowhere', MIGRATIONS_FOLDER);
    expect(reasons).toEqual(['The database cannot be reached.']);
  });
});
