import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listen, type Answer } from '../support/graphql-client';
import { FaultLab, until, violations, type QueueBackend } from '../support/fault-lab';
import { describeWithRedis } from '../support/redis';

const RUNS = 6;
/** What recovery may take; a wait ends later, so that a miss shows the figure. */
const WORKER_RECOVERY_MS_MAX = 25_000;
const REDIS_RECOVERY_MS_MAX = 15_000;
const WAIT_MS_MAX = 60_000;
const EVENTS = 'subscription($id: ID!) { experimentEvents(id: $id, afterSequence: "0") { sequence kind } }';

const SUITES: readonly (readonly [QueueBackend, typeof describe | typeof describeWithRedis])[] = [
  ['POSTGRES', describe],
  ['REDIS', describeWithRedis],
];

for (const [backend, describeBackend] of SUITES)
  describeBackend(`with the queue on ${backend}`, () => {
    let lab: FaultLab;

    beforeEach(async () => {
      lab = await FaultLab.start(backend);
    }, 60_000);

    afterEach(() => lab.stop(), 60_000);

    const told = (what: string, milliseconds: number): void => {
      process.stdout.write(`    [${backend}] ${what}: ${(milliseconds / 1000).toFixed(1)} s\n`);
    };

    it.each([
      'worker.before-claim',
      'worker.running',
      'worker.before-finish',
      'worker.after-finish',
      'worker.acknowledging',
    ])(
      'a worker killed at %s: its run goes on within 25 s, once',
      async (phase) => {
        const api = await lab.addApi();
        const victim = await lab.addWorker(lab.failpoint(phase));
        const id = await lab.submitted(api, { repetitions: RUNS });
        await victim.ended();
        const killedAt = performance.now();
        await lab.addWorker();
        await lab.ended(api, id, WAIT_MS_MAX);
        const tookMs = performance.now() - killedAt;
        told(`killed at ${phase}, ended after`, tookMs);
        expect(tookMs).toBeLessThan(WORKER_RECOVERY_MS_MAX);
        expect(await violations(lab, id, { repetitions: RUNS })).toEqual([]);
      },
      120_000,
    );

    it('a worker stopped past its lease and continued changes nothing', async () => {
      const api = await lab.addApi();
      const stopped = await lab.addWorker();
      const id = await lab.submitted(api, { repetitions: RUNS });
      await until(10_000, async () => (await lab.statusOf(api, id)).status === 'RUNNING');
      stopped.signal('SIGSTOP');
      await lab.addWorker();
      await lab.ended(api, id, 60_000);
      stopped.signal('SIGCONT');
      const next = await lab.submitted(api, { repetitions: 2 });
      await lab.ended(api, next, 30_000);
      expect(await violations(lab, id, { repetitions: RUNS })).toEqual([]);
      expect(await violations(lab, next, { repetitions: 2 })).toEqual([]);
    }, 120_000);

    it('an API killed between commit and enqueue: it still runs, within 10 s of the restart', async () => {
      const doomed = await lab.addApi(lab.failpoint('api.between-commit-and-enqueue'));
      await lab.addWorker();
      await lab.submit(doomed).catch(() => undefined);
      await doomed.ended();
      const api = await lab.addApi();
      const rows = await lab.query<{ id: string }>('SELECT "id" FROM "Experiment"');
      expect(rows).toHaveLength(1);
      const took = await lab.ended(api, rows[0].id, 15_000);
      told('after the restart of the API, ended after', took);
      expect(took).toBeLessThan(10_000);
      expect(await violations(lab, rows[0].id)).toEqual([]);
    }, 60_000);

    it.each([
      ['fast', 'SIGINT'],
      ['immediate', 'SIGQUIT'],
      ['kill -9', 'SIGKILL'],
    ] as const)(
      'Postgres restarted (%s) in mid-run: all runs end once, and a subscriber misses nothing',
      async (_how, signal) => {
        const api = await lab.addApi();
        await lab.addWorker();
        await lab.addWorker();
        const id = await lab.submitted(api, { repetitions: RUNS });
        const [firstSeen, following] = listening(api.url, id);
        await firstSeen;
        await until(10_000, async () => (await lab.statusOf(api, id)).status === 'RUNNING');
        await lab.endPostgres(signal);
        const answeredWithin = performance.now();
        const { data, errors } = await lab.submit(api);
        expect(data?.submitExperiment ?? null).toBeNull();
        expect(errors?.[0].extensions).toMatchObject({ code: 'UNAVAILABLE' });
        expect(performance.now() - answeredWithin).toBeLessThan(5000);
        await lab.restartPostgres();
        const restartedAt = performance.now();
        await until(10_000, async () => (await lab.submitted(api, { name: 'after' })).startsWith('exp_'));
        told(`Postgres (${signal}) back, submissions accepted after`, performance.now() - restartedAt);
        await lab.ended(api, id, 60_000);
        told(`Postgres (${signal}) back, all runs ended after`, performance.now() - restartedAt);
        expect(await violations(lab, id, { repetitions: RUNS })).toEqual([]);
        expectGapless(await following);
      },
      120_000,
    );

    it('two workers that get the same shard at the same moment, thirty times, make one result of it', async () => {
      const api = await lab.addApi();
      const small = { workload: { durationMs: 500, clients: [{ ratePerSecond: 1000 }] }, faults: [] };
      const ids: string[] = [];
      for (let round = 0; round < 30; round++) {
        const id = await lab.submitted(api, { ...small, seed: String(round) });
        await lab.deliverAgain(id);
        ids.push(id);
      }
      await Promise.all([lab.addWorker(), lab.addWorker()]);
      for (const [round, id] of ids.entries()) {
        await lab.ended(api, id, 30_000);
        expect(await violations(lab, id, { ...small, seed: String(round) })).toEqual([]);
      }
    }, 90_000);

    it('50 duplicate submissions over two API processes make one experiment', async () => {
      const apis = [await lab.addApi(), await lab.addApi()];
      await lab.addWorker();
      const changes = { idempotencyKey: 'fifty at once' };
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => lab.submit(apis[index % 2], changes)),
      );
      const ids = new Set(answers.map(({ data }) => data?.submitExperiment.experiment.id));
      expect(ids.size).toBe(1);
      expect(answers.filter(({ data }) => data?.submitExperiment.replayed === false)).toHaveLength(1);
      const other = await lab.submit(apis[1], { ...changes, seed: '1' });
      expect(other.data?.submitExperiment.experiment).toBeNull();
      const [id] = ids as Set<string>;
      await lab.ended(apis[0], id, 30_000);
      expect(await violations(lab, id)).toEqual([]);
    }, 60_000);

    it('a subscriber on another API process sees every event once, in order', async () => {
      const [one, other] = [await lab.addApi(), await lab.addApi()];
      await lab.addWorker();
      const id = await lab.submitted(one, { repetitions: RUNS });
      const values = await listen(other.url, EVENTS, { id });
      expectGapless(values);
    }, 60_000);
  });

describeWithRedis('Redis', () => {
  let lab: FaultLab;

  beforeEach(async () => {
    lab = await FaultLab.start('REDIS');
  }, 60_000);

  afterEach(() => lab.stop(), 60_000);

  it.each(['flushed', 'restarted empty', 'down for 30 s'] as const)(
    '%s in mid-run: all runs end once',
    async (how) => {
      const api = await lab.addApi();
      await lab.addWorker();
      const id = await lab.submitted(api, { repetitions: RUNS });
      await until(10_000, async () => (await lab.statusOf(api, id)).status === 'RUNNING');
      const meanwhile = await lab.loseRedis(how, () => lab.submitted(api, { name: 'meanwhile' }));
      const backAt = performance.now();
      expect(meanwhile).toMatch(/^exp_/);
      await lab.ended(api, id, 60_000);
      await lab.ended(api, meanwhile, 60_000);
      const tookMs = performance.now() - backAt;
      process.stdout.write(`    Redis ${how}: all ended ${(tookMs / 1000).toFixed(1)} s after it was back\n`);
      expect(tookMs).toBeLessThan(REDIS_RECOVERY_MS_MAX);
      expect(await violations(lab, id, { repetitions: RUNS })).toEqual([]);
      expect(await violations(lab, meanwhile, { name: 'meanwhile' })).toEqual([]);
    },
    150_000,
  );
});

/** Every event of an experiment from the first to the last, each once and in order. */
function expectGapless(values: readonly Answer[]): void {
  const sequences = values.map((value) => value.data?.experimentEvents.sequence);
  expect(sequences).toEqual(sequences.map((_, index) => String(index + 1)));
  expect(values.at(-1)?.data?.experimentEvents.kind).toBe('SUCCEEDED');
}

/** The first value of a subscription to all events of an experiment, and then all its values. */
function listening(url: string, id: string): readonly [Promise<unknown>, Promise<readonly Answer[]>] {
  let seen: (value: unknown) => void = () => undefined;
  const first = new Promise((resolve) => (seen = resolve));
  return [first, listen(url, EVENTS, { id }, seen)];
}
