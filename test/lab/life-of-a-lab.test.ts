import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, listen } from '../support/graphql-client';
import { refusedLab, startLabProcess } from '../support/lab-process';
import { processesAt } from '../support/left-over-processes';

const SUBMIT = `mutation($repetitions: Int!) { submitExperiment(input: {
  name: "short", repetitions: $repetitions
  cluster: { name: "three", nodes: 3, replication: { singleLeader: {} } }
  workload: { durationMs: 2000, clients: [{ ratePerSecond: 1000 }] }
}) { experiment { id } userErrors { message } } }`;
const PROGRESS = 'subscription($id: ID!) { experimentProgress(id: $id) { status completedRuns } }';

/** Words in the command lines of a lab's processes: API, worker, database. */
const PARTS = ['dist/src/main.js', 'workers/simulation.js', 'cluster'] as const;

let dataDir = '';

beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'lab-life-'));
});

afterEach(() => {
  fs.rmSync(dataDir, { recursive: true, force: true });
});

describe('a lab on embedded parts', () => {
  it('stops cleanly when told to: exit code 0 and no process left', async () => {
    const lab = await startLabProcess({ DATA_DIR: dataDir });
    expect(processesAt(dataDir)).toEqual(
      expect.arrayContaining(PARTS.map((part) => expect.stringContaining(part))),
    );
    expect(await lab.end('SIGINT')).toBe(0);
    expect(processesAt(dataDir)).toEqual([]);
  });

  it('finds everything again after a kill -9, and finishes what it had accepted', async () => {
    const killed = await startLabProcess({ DATA_DIR: dataDir });
    const { data } = await ask(killed.url, SUBMIT, { repetitions: 20 });
    await killed.end('SIGKILL');
    const lab = await startLabProcess({ DATA_DIR: dataDir });
    const values = await listen(lab.url, PROGRESS, { id: data?.submitExperiment.experiment.id });
    expect(values.at(-1)?.data?.experimentProgress).toEqual({ status: 'SUCCEEDED', completedRuns: 20 });
    expect(await lab.end('SIGTERM')).toBe(0);
    expect(processesAt(dataDir)).toEqual([]);
  }, 60_000);

  it('does not share its data folder with a second lab, and says what to do', async () => {
    const lab = await startLabProcess({ DATA_DIR: dataDir });
    const { exitCode, output } = await refusedLab({ DATA_DIR: dataDir });
    expect(exitCode).toBe(1);
    expect(output).toMatch(/Another lab runs on DATA_DIR .* give another DATA_DIR/);
    expect((await ask(lab.url, '{ __typename }')).data).toEqual({ __typename: 'Query' });
    expect(await lab.end('SIGTERM')).toBe(0);
  });

  it.each([
    [{ PORT: 'eighty' }, 'PORT is "eighty"; give a whole number from 0 to 65535.'],
    [{ HOST: '0.0.0.0' }, 'HOST is "0.0.0.0"; the lab has no login'],
    [{ DATABASE_URL: 'mysql://localhost/lab' }, 'DATABASE_URL is no address of a PostgreSQL database'],
  ])('refuses %j with a sentence that says what to give', async (settings, sentence) => {
    const { exitCode, output } = await refusedLab({ DATA_DIR: dataDir, ...settings });
    expect(exitCode).toBe(1);
    expect(output).toContain(sentence);
    expect(output.trim().split('\n')).toHaveLength(1);
  });
});
