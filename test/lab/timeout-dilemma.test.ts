import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { startLabProcess, type LabProcess } from '../support/lab-process';

const SCRIPT = path.join(__dirname, '..', '..', 'examples', 'timeout-dilemma.mjs');

/** Of a machine that is busy with other tests. */
const SCRIPT_MS_MAX = 120_000;

let database: TestDatabase;
let lab: LabProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  lab = await startLabProcess({ DATABASE_URL: database.url, WORKERS: '2' });
});
afterAll(async () => {
  await lab.end('SIGTERM');
  await database.drop();
});

describe('the example of the time-out dilemma', () => {
  it(
    'prints a line for each time-out, with fewer failovers the longer it is',
    async () => {
      const settings = ['--timeouts', '200,3200', '--repetitions', '3', lab.url];
      const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, ...settings]);
      const lines = stdout.split('\n').filter((line) => /^│ \d/.test(line));
      const [short, long] = lines.map((line) => line.split('│').slice(2, 6).map(Number));
      expect([short[0], long[0]]).toEqual([200, 3200]);
      // Failovers a run, those of them in vain, and the recovery time.
      expect(short[1]).toBeGreaterThan(long[1]);
      expect(short[2]).toBeGreaterThan(long[2]);
      expect(short[3]).toBeLessThan(long[3]);
    },
    SCRIPT_MS_MAX,
  );
});
