import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HISTORIES_KEPT } from '../../src/experiments/run/history/histories-kept';
import type { HistoryEvent } from '../../src/model/history';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { ask, listen } from '../support/graphql-client';
import { startLabProcess, type LabProcess } from '../support/lab-process';

const SUBMIT = `mutation { submitExperiment(input: {
  name: "remembered", repetitions: ${HISTORIES_KEPT + 1}, seed: "1"
  cluster: { name: "three", nodes: 3, replication: { singleLeader: { reads: { policy: ANY_FOLLOWER } } } }
  workload: { durationMs: 1000, clients: [{ sessions: 5, ratePerSecond: 400 }], keys: { count: 5 } }
}) { experiment { id } userErrors { message } } }`;
const PROGRESS = 'subscription($id: ID!) { experimentProgress(id: $id) { status } }';
const HISTORIES = `query($id: ID!) { experiment(id: $id) { runs(first: 100) { nodes {
  id history { recording operations operationsOfRun windows { fromMs } reason url }
} } } }`;

interface ShownRun {
  readonly id: string;
  readonly history: Readonly<
    Record<'recording' | 'operations' | 'operationsOfRun' | 'reason' | 'url', string>
  >;
}

describe('the histories of a finished experiment', () => {
  let database: TestDatabase;
  let lab: LabProcess;
  let runs: readonly ShownRun[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    lab = await startLabProcess({ DATABASE_URL: database.url, WORKERS: '1' });
    const submitted = await ask(lab.url, SUBMIT);
    const id = submitted.data?.submitExperiment.experiment.id as string;
    expect((await listen(lab.url, PROGRESS, { id })).at(-1)?.data?.experimentProgress.status).toBe(
      'SUCCEEDED',
    );
    runs = (await ask(lab.url, HISTORIES, { id })).data?.experiment.runs.nodes as readonly ShownRun[];
  });

  afterAll(async () => {
    await lab.end('SIGTERM');
    await database.drop();
  });

  async function linesOf({ history }: ShownRun): Promise<readonly HistoryEvent[]> {
    const response = await fetch(`${lab.url}${history.url}`);
    const lines = (await response.text()).trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as HistoryEvent);
  }

  it('are whole, and have two lines for each operation', async () => {
    const [{ id, history }] = runs;
    expect(history).toMatchObject({ recording: 'WHOLE', reason: null, url: `/v1/runs/${id}/history` });
    expect(history.operations).toBe(history.operationsOfRun);
    expect(await linesOf(runs[0])).toHaveLength(2 * Number(history.operations));
  });

  it('are those of runs with seeds of their own', async () => {
    expect(await linesOf(runs[0])).not.toEqual(await linesOf(runs[1]));
  });

  it('are those of sessions that have one operation under way at a time', async () => {
    const busy = new Map<number, number>();
    for (const { process, type, operation } of await linesOf(runs[0])) {
      expect(busy.get(process)).toBe(type === 'INVOKE' ? undefined : operation);
      if (type === 'INVOKE') busy.set(process, operation);
      else busy.delete(process);
    }
  });

  it('have reads that return what was written, with the version that the write got', async () => {
    const lines = await linesOf(runs[0]);
    const written = new Map(
      lines.filter(({ type, f }) => type === 'OK' && f === 'WRITE').map((write) => [write.value, write]),
    );
    const reads = lines.filter(({ type, f, value }) => type === 'OK' && f === 'READ' && value !== null);
    expect(reads.length).toBeGreaterThan(100);
    for (const { key, value, version } of reads) expect(written.get(value)).toMatchObject({ key, version });
  });

  it('end with those of the first repetitions, and the others say why', async () => {
    const { history } = runs[HISTORIES_KEPT];
    expect(history).toMatchObject({ recording: 'NOT_KEPT', operations: null, url: null });
    expect(history.reason).toContain(`first ${HISTORIES_KEPT} repetitions`);
    expect((await fetch(`${lab.url}/v1/runs/${runs[HISTORIES_KEPT].id}/history`)).status).toBe(404);
  });
});
