import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { packRuns } from '../../src/db/packed-runs';
import { createEmptyDatabase, type TestDatabase } from '../support/database';
import { MIGRATIONS_FOLDER } from '../support/open-test-database';
import { hashOfRun } from '../support/sample-experiment';

const PACKING = '20261124002000_shards_of_many_runs';
/** The least and the greatest seed, and both sides of the greatest signed integer. */
const SEEDS = ['0', '9223372036854775807', '9223372036854775808', '18446744073709551615'];

/** Rows as they were stored when each run was a text of its own. */
const OLDER = `
  INSERT INTO "Experiment" ("id", "name", "spec", "seed", "repetitions", "runCount", "engineVersion")
    VALUES ('e', 'old', '{}', 1, 4, 4, '1');
  INSERT INTO "Point" ("experimentId", "index", "parameters", "spec") VALUES ('e', 0, '[]', '{}');
  INSERT INTO "Shard" ("id", "experimentId", "point", "firstRepetition", "runCount") VALUES ('s', 'e', 0, 0, 4);
  INSERT INTO "ExperimentEvent" ("experimentId", "sequence", "kind", "message", "point", "repetition") VALUES
    ('e', 1, 'SUBMITTED', 'Submitted.', NULL, NULL), ('e', 2, 'RUN_STARTED', 'Run 3 started.', 0, 2)`;

describe('results that were stored before a shard held many runs', () => {
  let database: TestDatabase;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'older-results-'));

  beforeAll(async () => {
    database = await createEmptyDatabase();
    for (const name of fs.readdirSync(MIGRATIONS_FOLDER))
      if (name < PACKING || name.endsWith('.toml'))
        fs.cpSync(path.join(MIGRATIONS_FOLDER, name), path.join(folder, name), { recursive: true });
    await migrate();
    await query(OLDER);
    await query(`INSERT INTO "ShardResult" ("shardId", "measurements", "scalars", "runSeeds", "resultHashes") VALUES
      ('s', 'm', '[]', '{${SEEDS.join()}}', '{${SEEDS.map((_, run) => hashOfRun(0, run)).join()}}')`);
    fs.cpSync(path.join(MIGRATIONS_FOLDER, PACKING), path.join(folder, PACKING), { recursive: true });
    await migrate();
  });

  afterAll(async () => {
    fs.rmSync(folder, { recursive: true, force: true });
    await database.drop();
  });

  async function migrate(): Promise<void> {
    const program = path.join(__dirname, 'migrating-process.mjs');
    await promisify(execFile)(process.execPath, [program, database.url, folder]);
  }

  async function query<Row extends object>(text: string): Promise<Row[]> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    return client
      .query<Row>(text)
      .then(({ rows }) => rows)
      .finally(() => client.end());
  }

  it('are packed with every seed and hash, in order, none truncated', async () => {
    const [row] = await query<{ runs: Buffer }>('SELECT "runs" FROM "ShardResult"');
    const runs = SEEDS.map((seed, run) => ({
      seed,
      resultHash: hashOfRun(0, run),
      runHash: null,
      truncated: false,
    }));
    expect(row.runs).toEqual(packRuns(runs));
  });

  it('keep their events, each of one run', async () => {
    const rows = await query('SELECT "sequence", "runCount" FROM "ExperimentEvent" ORDER BY "sequence"');
    expect(rows).toEqual([
      { sequence: '1', runCount: null },
      { sequence: '2', runCount: 1 },
    ]);
  });
});
