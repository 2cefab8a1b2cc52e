import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runningPostmaster } from '../../src/db/embedded/postmaster-file';
import { eventually, isReady } from '../support/eventually';
import { ask } from '../support/graphql-client';
import { startLabProcess, type LabProcess } from '../support/lab-process';
import { processesAt } from '../support/left-over-processes';

const READY_MS_MAX = 10_000;
const ENDED_WITHIN_MS = 60_000;
const RUNS = 24;
const SUBMIT = `mutation { submitExperiment(input: {
  name: "steady", repetitions: ${RUNS}, seed: "7"
  cluster: { name: "three", nodes: 3, replication: { singleLeader: {} } }
  workload: { durationMs: 3000, clients: [{ ratePerSecond: 2000 }] }
}) { experiment { id } userErrors { message } } }`;
const LOOK = `query($id: ID!) { experiment(id: $id) {
  status runs(first: ${RUNS}) { nodes { status resultHash } }
} }`;

let dataDir = '';
beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'lab-database-crash-'));
});
afterEach(() => fs.rmSync(dataDir, { recursive: true, force: true }));

/** kill -9 of the process that all others of the embedded Postgres come from. */
function killPostmaster(): void {
  const server = runningPostmaster(path.join(dataDir, 'postgres', 'server', 'cluster'));
  if (server === null) throw new Error('There is no server to kill.');
  process.kill(server.pid, 'SIGKILL');
}

async function submitted(lab: LabProcess): Promise<string> {
  const { data } = await ask(lab.url, SUBMIT);
  return data?.submitExperiment.experiment.id;
}

interface Seen {
  readonly status: string;
  readonly succeeded: number;
  readonly hashes: readonly string[];
}

/** The experiment as it is now; null while there is no database. */
async function look(lab: LabProcess, id: string): Promise<Seen | null> {
  const { data } = await ask(lab.url, LOOK, { id });
  if (data?.experiment === undefined || data.experiment === null) return null;
  const nodes: { status: string; resultHash: string }[] = data.experiment.runs.nodes;
  return {
    status: data.experiment.status,
    succeeded: nodes.filter(({ status }) => status === 'SUCCEEDED').length,
    hashes: nodes.map(({ resultHash }) => resultHash),
  };
}

async function lookUntil(lab: LabProcess, id: string, isSo: (seen: Seen) => boolean): Promise<Seen> {
  let last: Seen | null = null;
  const looksSo = async (): Promise<boolean> => {
    last = await look(lab, id);
    return last !== null && isSo(last);
  };
  await eventually(looksSo, { what: `${id} is as it should be`, limitMs: ENDED_WITHIN_MS });
  return last ?? { status: 'UNKNOWN', succeeded: 0, hashes: [] };
}

const hasEnded = ({ status }: Seen): boolean => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(status);

describe('a lab whose own database is killed', () => {
  it('starts it again and finishes what it had accepted, with the results of an undisturbed lab', async () => {
    const lab = await startLabProcess({ DATA_DIR: dataDir, WORKERS: '2' });
    const undisturbed = await lookUntil(lab, await submitted(lab), hasEnded);
    const id = await submitted(lab);
    const { succeeded } = await lookUntil(lab, id, (seen) => seen.succeeded > 0);
    killPostmaster();
    const isBack = async (): Promise<boolean> => lab.output().includes('runs again') && isReady(lab.url);
    const readyMs = await eventually(isBack, { what: 'the lab is ready again', limitMs: READY_MS_MAX });
    const disturbed = await lookUntil(lab, id, hasEnded);
    console.info(`ready again ${Math.round(readyMs)} ms after the database was killed`);
    expect(succeeded).toBeLessThan(RUNS);
    expect(disturbed).toEqual({ ...undisturbed, status: 'SUCCEEDED', succeeded: RUNS });
    expect(lab.output()).toMatch(/the embedded Postgres died.*the embedded Postgres runs again/s);
    expect(await lab.end('SIGINT')).toBe(0);
    expect(processesAt(dataDir)).toEqual([]);
  }, 120_000);

  it('ends with a sentence if it cannot be started again', async () => {
    const lab = await startLabProcess({ DATA_DIR: dataDir });
    const cluster = path.join(dataDir, 'postgres', 'server', 'cluster');
    fs.appendFileSync(path.join(cluster, 'postgresql.conf'), '\nno_such_setting = 1\n');
    killPostmaster();
    await eventually(() => lab.process.exitCode !== null, { what: 'the lab ends', limitMs: 20_000 });
    expect(lab.process.exitCode).toBe(1);
    expect(lab.output()).toMatch(/^Postgres did not start.*no_such_setting/ms);
    expect(processesAt(dataDir)).toEqual([]);
  });
});
