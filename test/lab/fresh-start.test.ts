import fs from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, isReady } from '../support/eventually';
import { ask } from '../support/graphql-client';
import { startLabProcess } from '../support/lab-process';

const READY_WITHIN_MS = 20_000;
const START_MS_MAX = 1000;
const SUBMIT = `mutation { submitExperiment(input: {
  name: "one run", cluster: { name: "three", nodes: 3, replication: { singleLeader: {} } }
  workload: { durationMs: 1000, clients: [{ ratePerSecond: 100 }] }
}) { experiment { id } userErrors { message } } }`;
const LOOK = 'query($id: ID!) { experiment(id: $id) { status createdAt startedAt } }';

let dataDir = '';
beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'lab-fresh-'));
});
afterEach(() => fs.rmSync(dataDir, { recursive: true, force: true }));

describe('a lab that starts for the first time', () => {
  it('is asked all the time whether it is ready, and starts the first experiment at once when it is', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const starting = startLabProcess({ DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'info' });
    const readyMs = await eventually(() => isReady(url), {
      what: '/readyz is 200',
      limitMs: READY_WITHIN_MS,
    });
    const { data } = await ask(url, SUBMIT);
    const { id } = data?.submitExperiment.experiment ?? {};
    const lab = await starting;
    const { createdAt, startedAt } = await finished(url, id);
    const claimable = Math.max(Date.parse(createdAt), workerStartedAt(lab.output()));
    console.info(`ready ${Math.round(readyMs)} ms after the start on an empty folder`);
    expect(Date.parse(startedAt) - claimable).toBeLessThan(START_MS_MAX);
    expect(lab.output()).not.toContain('waiting shards had no job');
    expect(await lab.end('SIGTERM')).toBe(0);
  });
});

async function finished(url: string, id: string): Promise<{ createdAt: string; startedAt: string }> {
  let experiment = { status: '', createdAt: '', startedAt: '' };
  const hasSucceeded = async (): Promise<boolean> => {
    experiment = (await ask(url, LOOK, { id })).data?.experiment;
    return experiment.status === 'SUCCEEDED';
  };
  await eventually(hasSucceeded, { what: 'the experiment succeeded', limitMs: READY_WITHIN_MS });
  return experiment;
}

/** In ms since 1970: nobody takes a job before the first worker is there. */
function workerStartedAt(log: string): number {
  const line = log.split('\n').find((text) => text.includes('"worker started"'));
  return (JSON.parse(line ?? '{}') as { time: number }).time;
}

/** The lab says its port only when it is ready; who asks before has to choose it. */
async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
