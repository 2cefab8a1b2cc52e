import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { ask, exampleDocument, listen, type Answer } from '../support/graphql-client';
import { startApiProcess, startWorkerProcess, type ApiProcess } from '../support/lab-process';
import { describeWithRedis, startRedis, type RedisServer } from '../support/redis';

const WITHIN_MS = 2000;
const SUBMIT = `mutation($name: String!, $durationMs: Float!, $repetitions: Int!) { submitExperiment(input: {
  name: $name, repetitions: $repetitions, seed: "42"
  cluster: { name: "three", nodes: 3, replication: { singleLeader: {} } }
  workload: { durationMs: $durationMs, clients: [{ ratePerSecond: 2000, sessions: 100 }] }
}) { experiment { id } userErrors { message } } }`;
const CANCEL = exampleDocument('10-cancel.graphql');
const PAUSE = `mutation($id: ID!) { pauseExperiment(input: { id: $id }) { experiment { status } userErrors { code field message } } }`;
const RESUME = PAUSE.replace('pause', 'resume');
const RUNS = `query($id: ID!) { experiment(id: $id) { status completedRuns runs(first: 100) { nodes { status resultHash } } } }`;
const PROGRESS = 'subscription($id: ID!) { experimentProgress(id: $id) { status fraction } }';
const EVENTS = 'subscription($id: ID!) { experimentEvents(id: $id) { sequence kind } }';
/** Several seconds of work for a run, and half of one. */
const LONG_MS = 2_000_000;
const SHORT_MS = 200_000;

describe('with the queue in Postgres', () => {
  controlOfRuns(async () => Promise.resolve(null));
});
describeWithRedis('with the queue in Redis', () => controlOfRuns(startRedis));

/** One API is told what the other shows; the runs are in workers of neither. */
function controlOfRuns(openRedis: () => Promise<RedisServer | null>): void {
  let database: TestDatabase;
  let redis: RedisServer | null;
  let apis: ApiProcess[] = [];
  let ends: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    [redis, database] = await Promise.all([openRedis(), createTestDatabase()]);
    const settings = { DATABASE_URL: database.url, REDIS_URL: redis?.url ?? '' };
    apis = await Promise.all([startApiProcess(settings), startApiProcess(settings)]);
    const workers = await Promise.all([startWorkerProcess(settings), startWorkerProcess(settings)]);
    ends = [...workers, ...apis].map((each) => () => each.end('SIGTERM'));
  }, 60_000);

  afterAll(async () => {
    await Promise.all(ends.map((end) => end()));
    await redis?.remove();
    await database.drop();
  });

  async function submit(variables: {
    name: string;
    durationMs: number;
    repetitions: number;
  }): Promise<string> {
    const { data } = await ask(apis[0].url, SUBMIT, variables);
    expect(data?.submitExperiment.userErrors).toEqual([]);
    return data?.submitExperiment.experiment.id as string;
  }

  async function running(id: string): Promise<number> {
    const { data } = await ask(apis[1].url, RUNS, { id });
    return statuses(data).filter((status) => status === 'RUNNING' || status === 'CANCELLING').length;
  }

  async function hashes(id: string): Promise<string[]> {
    const { data } = await ask(apis[1].url, RUNS, { id });
    return data?.experiment.runs.nodes.map(({ resultHash }: { resultHash: string }) => resultHash);
  }

  async function kindsOf(id: string): Promise<string[]> {
    const values = (await listen(apis[1].url, EVENTS, { id })).map(({ data }) => data?.experimentEvents);
    expect(values.map(({ sequence }) => sequence)).toEqual(values.map((_, index) => String(index + 1)));
    return values.map(({ kind }) => kind as string);
  }

  it('cancels a running experiment within two seconds', async () => {
    const id = await submit({ name: 'to be cancelled', durationMs: LONG_MS, repetitions: 6 });
    await until(async () => (await running(id)) === 2);
    const start = performance.now();
    const { data } = await ask(apis[1].url, CANCEL, { id });
    expect(data?.cancelExperiment).toEqual({ experiment: { status: 'CANCELLING' }, userErrors: [] });
    const last = (await listen(apis[0].url, PROGRESS, { id })).at(-1);
    const took = told('cancelled', start);
    expect(last?.data?.experimentProgress).toEqual({ status: 'CANCELLED', fraction: 1 });
    expect(took).toBeLessThan(WITHIN_MS);
    const kinds = await kindsOf(id);
    expect(kinds.filter((kind) => kind === 'RUN_CANCELLED')).toHaveLength(6);
    expect(kinds.at(-1)).toBe('CANCELLED');
    const again = await ask(apis[0].url, CANCEL, { id });
    expect(again.data?.cancelExperiment).toEqual({
      experiment: null,
      userErrors: [{ code: 'ALREADY_TERMINAL' }],
    });
  }, 60_000);

  it('pauses within two seconds, and after resuming gets the results of an undisturbed experiment', async () => {
    const shape = { durationMs: SHORT_MS, repetitions: 4 };
    const undisturbed = await submit({ name: 'undisturbed', ...shape });
    await listen(apis[0].url, PROGRESS, { id: undisturbed });
    const id = await submit({ name: 'paused', ...shape });
    const followed = listen(apis[0].url, PROGRESS, { id });
    await until(async () => (await running(id)) === 2);
    const start = performance.now();
    const { data } = await ask(apis[1].url, PAUSE, { id });
    expect(data?.pauseExperiment).toEqual({ experiment: { status: 'PAUSED' }, userErrors: [] });
    await until(async () => (await running(id)) === 0);
    expect(told('paused', start)).toBeLessThan(WITHIN_MS);
    const again = await ask(apis[0].url, PAUSE, { id });
    expect(again.data?.pauseExperiment.userErrors).toMatchObject([{ code: 'ALREADY_PAUSED', field: ['id'] }]);
    const resuming = performance.now();
    const resumed = await ask(apis[0].url, RESUME, { id });
    expect(resumed.data?.resumeExperiment.experiment).toEqual({ status: 'RUNNING' });
    await until(async () => (await running(id)) > 0);
    expect(told('resumed', resuming)).toBeLessThan(WITHIN_MS);
    expectForward(await followed);
    expect(await hashes(id)).toEqual(await hashes(undisturbed));
    expect(new Set(await hashes(id)).size).toBe(4);
    const kinds = await kindsOf(id);
    expect(kinds.slice(kinds.indexOf('PAUSED'), kinds.indexOf('RESUMED'))).toEqual(
      expect.arrayContaining(['RUN_HANDED_BACK']),
    );
    expect(kinds.filter((kind) => kind === 'RUN_SUCCEEDED')).toHaveLength(4);
  }, 120_000);
}

function statuses(data: Answer['data']): string[] {
  return data?.experiment.runs.nodes.map(({ status }: { status: string }) => status);
}

/** Milliseconds since the start, for the reader of the test's output as well. */
function told(what: string, start: number): number {
  const took = performance.now() - start;
  process.stdout.write(`  ${what} in ${Math.round(took)} ms\n`);
  return took;
}

function expectForward(values: readonly Answer[]): void {
  const seen = values.map(({ data }) => data?.experimentProgress);
  const fractions = seen.map(({ fraction }) => fraction as number);
  expect(fractions).toEqual([...fractions].sort((one, other) => one - other));
  expect(seen.map(({ status }) => status)).toContain('PAUSED');
  expect(seen.at(-1)).toEqual({ status: 'SUCCEEDED', fraction: 1 });
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(20);
}
