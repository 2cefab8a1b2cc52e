import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { ask, exampleDocument, listen, type Answer } from '../support/graphql-client';
import { startLabProcess, type LabProcess } from '../support/lab-process';
import { describeWithRedis, startRedis, type RedisServer } from '../support/redis';

const RUNS = 10;
const DECIMAL = /^[0-9]+$/;

/** The same request over HTTP and over the websocket. */
const DOORS: readonly (readonly [string, typeof ask])[] = [
  ['HTTP', ask],
  ['the websocket', async (url, query, variables) => only(await listen(url, query, { ...variables }))],
];

describe('a lab whose queue lies in Postgres', () => documentsOn(async () => Promise.resolve(null)));
describeWithRedis('a lab whose queue lies in Redis', () => documentsOn(startRedis));

function documentsOn(openRedis: () => Promise<RedisServer | null>): void {
  let redis: RedisServer | null;
  let database: TestDatabase;
  let lab: LabProcess;

  beforeAll(async () => {
    [redis, database] = await Promise.all([openRedis(), createTestDatabase()]);
    const REDIS_URL = redis?.url ?? '';
    lab = await startLabProcess({ DATABASE_URL: database.url, REDIS_URL, WORKERS: '2' });
  });

  afterAll(async () => {
    await lab.end('SIGTERM');
    await database.drop();
    await redis?.remove();
  });

  describe.each(DOORS)('plays documents 1 to 4, and 13, as written, over %s', (door, request) => {
    documents(() => lab, { door, request });
  });
  describe('and its experiments of both doors', () => experimentsOfBothDoors(() => lab));

  it('kept its queue where it was told to', async () => {
    const inPostgres = await queueEventsIn(database);
    const inRedis = await redis?.command('EXISTS', 'replication-lab:shards:meta');
    expect([inPostgres > 0, inRedis]).toEqual(redis === null ? [true, undefined] : [false, 1]);
  });
}

/** Documents 1 to 4, and 13, as written. */
function documents(
  lab: () => LabProcess,
  { door, request }: { readonly door: string; readonly request: typeof ask },
): void {
  const key = `"leader-crash-1"`;
  const submit = exampleDocument('02-submit.graphql').replace(key, `"documents over ${door}"`);
  let cluster = '';
  let experiment = '';

  it('1 creates a cluster of one leader and two followers', async () => {
    const { data, errors } = await request(lab().url, exampleDocument('01-create-cluster.graphql'));
    expect(errors).toBeUndefined();
    expect(data?.createCluster).toEqual({
      cluster: {
        id: expect.stringMatching(/^clu_/),
        nodes: [
          { name: 'seoul-1', datacenter: 'seoul', role: 'LEADER' },
          { name: 'tokyo-1', datacenter: 'tokyo', role: 'FOLLOWER' },
          { name: 'us-west-1', datacenter: 'us-west', role: 'FOLLOWER' },
        ],
      },
      userErrors: [],
    });
    cluster = data?.createCluster.cluster.id;
  });

  it('2 accepts an experiment of ten runs', async () => {
    const { data, errors } = await request(lab().url, submit, { cluster });
    expect(errors).toBeUndefined();
    expect(data?.submitExperiment).toMatchObject({
      experiment: { id: expect.stringMatching(/^exp_/), seed: '42' },
      replayed: false,
      warnings: [],
      userErrors: [],
    });
    experiment = data?.submitExperiment.experiment.id;
  });

  it('3 follows it to its end, never backward', async () => {
    const values = await listen(lab().url, exampleDocument('03-progress.graphql'), { id: experiment });
    const seen = values.map((value) => value.data?.experimentProgress);
    expect(seen.at(-1)).toMatchObject({
      status: 'SUCCEEDED',
      completedRuns: RUNS,
      totalRuns: RUNS,
      fraction: 1,
    });
    const fractions = seen.map(({ fraction }) => fraction as number);
    expect(fractions).toEqual([...fractions].sort((one, other) => one - other));
  });

  it('4 reads its result', async () => {
    const { data, errors } = await request(lab().url, exampleDocument('04-result.graphql'), {
      id: experiment,
    });
    expect(errors).toBeUndefined();
    const { status, result, runs } = data?.experiment ?? {};
    expect(status).toBe('SUCCEEDED');
    checkResult(result);
    expect(runs.nodes).toHaveLength(RUNS);
    expect(new Set(runs.nodes.map((run: { resultHash: string }) => run.resultHash)).size).toBe(RUNS);
  });

  it('13 creates a cluster in the words of PostgreSQL', async () => {
    const { data, errors } = await request(lab().url, exampleDocument('13-create-postgres-like.graphql'));
    expect(errors).toBeUndefined();
    expect(data?.createCluster).toEqual({ cluster: { id: expect.stringMatching(/^clu_/) }, userErrors: [] });
  });

  it('2 again, with the same key, gives the same experiment', async () => {
    const { data } = await request(lab().url, submit, { cluster });
    expect(data?.submitExperiment).toMatchObject({ experiment: { id: experiment }, replayed: true });
  });

  it('2 with the same key and another input is refused', async () => {
    const { data } = await request(lab().url, submit.replace('"42"', '"43"'), { cluster });
    expect(data?.submitExperiment).toMatchObject({
      experiment: null,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_MISMATCH', field: ['idempotencyKey'] }],
    });
  });
}

function experimentsOfBothDoors(lab: () => LabProcess): void {
  it('gave the same bytes, for they are the same but in name', async () => {
    const { data } = await ask(
      lab().url,
      '{ experiments { nodes { runs(first: 10) { nodes { seed resultHash } } } } }',
    );
    const [one, other] = data?.experiments.nodes ?? [];
    expect(one.runs.nodes).toHaveLength(RUNS);
    expect(other).toEqual(one);
  });

  it('tell their events from 1 without a gap', async () => {
    const { data } = await ask(lab().url, '{ experiments(first: 1) { nodes { id } } }');
    const events = `subscription($id: ID!) { experimentEvents(id: $id, afterSequence: "0") { sequence kind runCount } }`;
    const values = await listen(lab().url, events, { id: data?.experiments.nodes[0].id });
    const seen = values.map((value) => value.data?.experimentEvents);
    expect(seen.map(({ sequence }) => sequence)).toEqual(seen.map((_, index) => String(index + 1)));
    expect(seen.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['SUBMITTED', 'STARTED', 'SUCCEEDED']),
    );
    const told = seen.filter(({ kind }) => kind === 'RUN_SUCCEEDED');
    expect(told.reduce((sum: number, { runCount }) => sum + Number(runCount), 0)).toBe(RUNS);
  });
}

/** What must be true of the leader's crash whatever the seed. */
function checkResult(result: Record<string, any>): void {
  const {
    operations,
    replicationLag,
    replicaLag,
    writeLatency,
    anomalies,
    availability,
    failovers,
    converged,
  } = result;
  for (const count of Object.values(operations)) expect(count).toMatch(DECIMAL);
  expect(Number(operations.total)).toBe(
    Number(operations.ok) + Number(operations.failed) + Number(operations.unknown),
  );
  expect(Number(operations.total)).toBeGreaterThan(140_000);
  expect(replicationLag.p50).toBeLessThan(replicationLag.p99);
  expect(replicationLag.buckets.length).toBeLessThanOrEqual(20);
  const inBuckets = replicationLag.buckets.reduce(
    (sum: number, bucket: { count: string }) => sum + Number(bucket.count),
    0,
  );
  expect(String(inBuckets)).toBe(replicationLag.count);
  expect(replicaLag.map(({ replica }: { replica: string }) => replica)).toEqual(
    expect.arrayContaining(['tokyo-1', 'us-west-1']),
  );
  expect(writeLatency.p999).toBeGreaterThan(writeLatency.p50);
  expect(availability.okShare).toBeGreaterThan(0.9);
  expect(availability.longestOutageMs).toBeGreaterThan(0);
  expect(converged).toBe(true);
  expect(failovers).toHaveLength(RUNS);
  failovers.forEach(checkFailover);
  const stale = anomalies.find(({ kind }: { kind: string }) => kind === 'STALE_READ');
  expect(stale.rate).toBeGreaterThan(0);
  expect(stale.witnesses[0].explanation).toMatch(/us-west-1/);
}

/** Three missed heartbeats, a promotion of 1 s, an address that moves in 0.5 s. */
function checkFailover(failover: Record<string, any>): void {
  expect(failover).toMatchObject({ oldLeader: 'seoul-1' });
  expect(failover.atMs).toBeGreaterThan(22_900);
  expect(failover.atMs).toBeLessThan(25_000);
  expect(['tokyo-1', 'us-west-1']).toContain(failover.newLeader);
  expect(failover.detectionMs).toBeGreaterThan(1900);
  expect(failover.detectionMs).toBeLessThan(3200);
  expect(failover.recoveryMs).toBeGreaterThan(Number(failover.detectionMs) + 1500);
  expect(failover.recoveryMs).toBeLessThan(10_000);
  expect(failover.lostWrites).toMatch(DECIMAL);
}

/** What BullMQ's tables say has happened. */
async function queueEventsIn({ url }: TestDatabase): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM bullmq.event');
  await client.end();
  return rows[0].n;
}

function only(answers: readonly Answer[]): Answer {
  expect(answers).toHaveLength(1);
  return answers[0];
}
