import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEmptyDatabase, type TestDatabase } from '../support/database';
import { ask, listen } from '../support/graphql-client';
import { launchWorker, startApiProcess, startWorkerProcess } from '../support/lab-process';
import { describeWithRedis, startRedis, type RedisServer } from '../support/redis';

const HEALTHCHECK = path.join(__dirname, '..', '..', 'dist', 'workers', 'healthcheck.js');
const SUBMIT = `mutation { submitExperiment(input: {
  name: "short", repetitions: 12
  cluster: { name: "three", nodes: 3, replication: { singleLeader: {} } }
  workload: { durationMs: 1000, clients: [{ ratePerSecond: 500 }] }
}) { experiment { id } userErrors { message } } }`;
const PROGRESS = 'subscription($id: ID!) { experimentProgress(id: $id) { status completedRuns } }';

describe('API and workers as processes apart, the queue in Postgres', () => {
  partsApart(async () => Promise.resolve(null));
});
describeWithRedis('API and workers as processes apart, the queue in Redis', () => partsApart(startRedis));

function partsApart(openRedis: () => Promise<RedisServer | null>): void {
  let database: TestDatabase;
  let redis: RedisServer | null;
  let settings: Readonly<Record<string, string>>;

  beforeEach(async () => {
    [redis, database] = await Promise.all([openRedis(), createEmptyDatabase()]);
    settings = { DATABASE_URL: database.url, REDIS_URL: redis?.url ?? '' };
  });

  afterEach(async () => {
    await redis?.remove();
    await database.drop();
  });

  it('let a worker that came first wait for the tables, and work when they are there', async () => {
    const early = launchWorker(settings);
    await until(() => early.output().includes('is not applied'));
    expect(healthOf(settings)).toEqual([1, expect.stringContaining('is not applied.')]);
    const apis = await Promise.all([startApiProcess(settings), startApiProcess(settings)]);
    const workers = [early, await startWorkerProcess(settings)];
    await early.ready;
    expect(healthOf(settings)).toEqual([0, '']);
    const { data } = await ask(apis[0].url, SUBMIT);
    const values = await listen(apis[1].url, PROGRESS, { id: data?.submitExperiment.experiment.id });
    expect(values.at(-1)?.data?.experimentProgress).toEqual({ status: 'SUCCEEDED', completedRuns: 12 });
    const exitCodes = await Promise.all([...workers, ...apis].map((each) => each.end('SIGTERM')));
    expect(exitCodes).toEqual([0, 0, 0, 0]);
  });

  it('end while they wait for what is missing', async () => {
    const worker = launchWorker(settings);
    await until(() => worker.output().includes('is not applied'));
    expect(await worker.end('SIGTERM')).toBe(0);
  });
}

describeWithRedis('a Redis that is away', () => {
  it('is named by the readiness of the API and of the worker, and both go on when it is back', async () => {
    const [redis, database] = await Promise.all([startRedis(), createEmptyDatabase()]);
    await redis.stop();
    const settings = { DATABASE_URL: database.url, REDIS_URL: redis.url };
    const api = await startApiProcess(settings);
    const worker = launchWorker(settings);
    const { data } = await ask(api.url, SUBMIT);
    expect(await readinessOf(api.url)).toEqual([503, expect.stringContaining('ECONNREFUSED')]);
    expect(healthOf(settings)).toEqual([1, expect.stringContaining('The queue cannot be reached')]);
    await redis.start();
    await worker.ready;
    const values = await listen(api.url, PROGRESS, { id: data?.submitExperiment.experiment.id });
    expect(values.at(-1)?.data?.experimentProgress).toEqual({ status: 'SUCCEEDED', completedRuns: 12 });
    expect(await readinessOf(api.url)).toEqual([200, '']);
    expect(await Promise.all([worker.end('SIGTERM'), api.end('SIGTERM')])).toEqual([0, 0]);
    await redis.remove();
    await database.drop();
  });

  it('does not keep API and worker from ending', async () => {
    const [redis, database] = await Promise.all([startRedis(), createEmptyDatabase()]);
    const settings = { DATABASE_URL: database.url, REDIS_URL: redis.url };
    const api = await startApiProcess(settings);
    const worker = await startWorkerProcess(settings);
    await redis.kill();
    expect(await Promise.all([worker.end('SIGTERM'), api.end('SIGTERM')])).toEqual([0, 0]);
    await redis.remove();
    await database.drop();
  });
});

describe('a worker', () => {
  it('needs DATABASE_URL and says so', async () => {
    const worker = launchWorker({ DATABASE_URL: '' });
    await expect(worker.ready).rejects.toThrow('A worker needs DATABASE_URL');
    expect(healthOf({ DATABASE_URL: '' })).toEqual([
      1,
      expect.stringContaining('A worker needs DATABASE_URL'),
    ]);
  });
});

/** The exit code of the workers' health check and what it says. */
function healthOf(settings: Readonly<Record<string, string>>): readonly [number | null, string] {
  const env = { ...process.env, ...settings };
  const { status, stderr } = spawnSync(process.execPath, [HEALTHCHECK], { env, encoding: 'utf8' });
  return [status, stderr];
}

async function readinessOf(labUrl: string): Promise<readonly [number, string]> {
  const response = await fetch(`${labUrl}/readyz`);
  const { reasons } = (await response.json()) as { readonly reasons: readonly string[] };
  return [response.status, reasons.join()];
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
