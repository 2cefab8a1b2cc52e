import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { TestDatabase } from '../support/database';
import { createEmptyDatabase } from '../support/database';

let database: TestDatabase;
let folder = '';

beforeEach(async () => {
  database = await createEmptyDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'migrate-'));
  fs.writeFileSync(path.join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
});

afterEach(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

function addMigration(name: string, sql: string): void {
  fs.mkdirSync(path.join(folder, name));
  fs.writeFileSync(path.join(folder, name, 'migration.sql'), sql);
}

async function migrate(): Promise<string[]> {
  const program = path.join(__dirname, 'migrating-process.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [program, database.url, folder]);
  return JSON.parse(stdout) as string[];
}

async function query(text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return client
    .query<Record<string, unknown>>(text)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

describe('applyMigrations', () => {
  it('applies what is missing, in the order of the names, and nothing twice', async () => {
    addMigration('20260102_fill', "INSERT INTO fruit VALUES ('apple')");
    addMigration('20260101_create', 'CREATE TABLE fruit (name text)');
    expect(await migrate()).toEqual(['20260101_create', '20260102_fill']);
    expect(await migrate()).toEqual([]);
    expect(await query('SELECT * FROM fruit')).toEqual([{ name: 'apple' }]);
  });

  it('applies each migration once when several processes start together', async () => {
    addMigration('20260101_create', 'CREATE TABLE fruit (name text)');
    const applied = await Promise.all([migrate(), migrate(), migrate()]);
    expect(applied.flat()).toEqual(['20260101_create']);
  });

  it('fails with the words of Postgres, and refuses to go on from there', async () => {
    addMigration('20260101_wrong', 'SELEKT 1');
    await expect(migrate()).rejects.toThrow('syntax error at or near "SELEKT"');
    await expect(migrate()).rejects.toThrow('failed migrations in the target database');
  });
});
