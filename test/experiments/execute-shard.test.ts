import { describe, expect, it } from '@jest/globals';
import { ENGINE_VERSION } from '../../src/engine/engine-version';
import { executeShard, type ExecuteShard } from '../../src/experiments/execute-shard';
import { newIds } from '../../src/experiments/new-ids';
import { NO_FAILPOINT } from '../../src/experiments/ports/failpoint';
import {
  StoreUnavailableError,
  type NewExperiment,
  type ShardStore,
} from '../../src/experiments/ports/stores';
import { HISTORIES_KEPT } from '../../src/experiments/run/history/histories-kept';
import { InlineSimulator } from '../support/inline-simulator';
import { useDatabase } from '../support/open-test-database';
import { newExperiment, shardIds } from '../support/sample-experiment';

const NOBODY = { info: () => undefined, warn: () => undefined };
const NEVER = new AbortController().signal;

describe('executing a shard', () => {
  const opened = useDatabase();

  const submitted = (): Promise<NewExperiment> =>
    opened().submit({ ...newExperiment(), engineVersion: ENGINE_VERSION });

  const ports = (simulator: InlineSimulator): ExecuteShard => ({
    shards: opened().database.shards,
    simulator,
    ids: newIds,
    failpoint: NO_FAILPOINT,
    report: NOBODY,
    owner: 'tested',
    leaseMs: 60_000,
    renewMs: 5,
  });

  /** The store with calls that go wrong. */
  const withStore = (changes: Partial<ShardStore>): ShardStore =>
    Object.assign(Object.create(opened().database.shards) as ShardStore, changes);

  it('writes one result, however often its job is delivered', async () => {
    const experiment = await submitted();
    const [shard] = shardIds(experiment);
    const simulator = new InlineSimulator();
    await executeShard(ports(simulator), shard, NEVER);
    await executeShard(ports(simulator), shard, NEVER);
    expect(simulator.started).toBe(1);
    expect(await opened().kindsOf(experiment)).toEqual([
      'SUBMITTED',
      'STARTED',
      'RUN_STARTED',
      'RUN_SUCCEEDED',
      'SUCCEEDED',
    ]);
  });

  it('writes the histories of its runs before it finishes', async () => {
    const experiment = await submitted();
    await executeShard(ports(new InlineSimulator()), shardIds(experiment)[0], NEVER);
    const run = { experimentId: experiment.id, point: 0, repetition: 0 };
    const { operationsOfRun } = (await opened().database.experiments.historyDescription(run)) ?? {};
    expect(operationsOfRun).toBeGreaterThan(0);
  });

  it('does not finish without the histories: a store that takes none leaves the shard to its lease', async () => {
    const experiment = await submitted();
    const shards = withStore({ keepHistory: () => Promise.resolve(false) });
    await executeShard({ ...ports(new InlineSimulator()), shards }, shardIds(experiment)[0], NEVER);
    expect(await opened().kindsOf(experiment)).toEqual(['SUBMITTED', 'STARTED', 'RUN_STARTED']);
  });

  it('keeps no histories of later repetitions', async () => {
    const shape = { repetitions: HISTORIES_KEPT + 1, runsPerShard: HISTORIES_KEPT + 1 };
    const experiment = await opened().submit({ ...newExperiment(shape), engineVersion: ENGINE_VERSION });
    await executeShard(ports(new InlineSimulator()), shardIds(experiment)[0], NEVER);
    const kept = await opened().select<{ repetition: number }>(
      'SELECT "repetition" FROM "RunHistory" WHERE "shardId" = $1 ORDER BY "repetition"',
      [shardIds(experiment)[0]],
    );
    expect(kept.map(({ repetition }) => repetition)).toEqual([...Array(HISTORIES_KEPT).keys()]);
  });

  it('waits for a database that is away with a history', async () => {
    const experiment = await submitted();
    let away = 2;
    const shards = withStore({
      keepHistory: async (claim, history) => {
        if (away-- > 0) throw new StoreUnavailableError('away');
        return opened().database.shards.keepHistory(claim, history);
      },
    });
    const working = { ...ports(new InlineSimulator()), shards };
    await executeShard(working, shardIds(experiment)[0], NEVER);
    const run = { experimentId: experiment.id, point: 0, repetition: 0 };
    expect(await opened().database.experiments.historyDescription(run)).not.toBeNull();
  });

  it('fails, and finishes nothing, when a history cannot be written', async () => {
    const experiment = await submitted();
    const shards = withStore({ keepHistory: () => Promise.reject(new Error('no room')) });
    const working = { ...ports(new InlineSimulator()), shards };
    await expect(executeShard(working, shardIds(experiment)[0], NEVER)).rejects.toThrow('no room');
    expect(await opened().database.experiments.finishedShards(experiment.id, 0)).toEqual([]);
  });

  it('runs once when two workers get the job at the same time', async () => {
    const experiment = await submitted();
    const [shard] = shardIds(experiment);
    const simulator = new InlineSimulator();
    await Promise.all([1, 2, 3].map(() => executeShard(ports(simulator), shard, NEVER)));
    expect(simulator.started).toBe(1);
    expect(await opened().database.experiments.finishedShards(experiment.id, 0)).toHaveLength(1);
  });

  it('leaves the shards of another engine version alone', async () => {
    const experiment = await opened().submit({ ...newExperiment(), engineVersion: 'another' });
    const simulator = new InlineSimulator();
    await executeShard(ports(simulator), shardIds(experiment)[0], NEVER);
    expect(simulator.started).toBe(0);
    expect(await opened().kindsOf(experiment)).toEqual(['SUBMITTED']);
  });

  it('hands an unfinished shard back when its worker stops', async () => {
    const experiment = await submitted();
    const stopping = new AbortController();
    const simulator = new InlineSimulator(async () => stopping.abort());
    await executeShard(ports(simulator), shardIds(experiment)[0], stopping.signal);
    expect(await opened().kindsOf(experiment)).toEqual([
      'SUBMITTED',
      'STARTED',
      'RUN_STARTED',
      'RUN_HANDED_BACK',
    ]);
    await executeShard(ports(new InlineSimulator()), shardIds(experiment)[0], NEVER);
    expect((await opened().kindsOf(experiment)).at(-1)).toBe('SUCCEEDED');
  });

  it('changes nothing after its lease was lost to another worker', async () => {
    const experiment = await submitted();
    const [shard] = shardIds(experiment);
    const rescuer = new InlineSimulator();
    const late = new InlineSimulator(async () => {
      await opened().select('UPDATE "Shard" SET "leaseUntil" = now() - interval \'1 s\' WHERE id = $1', [
        shard,
      ]);
      await executeShard(ports(rescuer), shard, NEVER);
    });
    const shards = withStore({ renew: async () => 'HELD' });
    await executeShard({ ...ports(late), shards }, shard, NEVER);
    expect([late.started, rescuer.started]).toEqual([1, 1]);
    const kinds = await opened().kindsOf(experiment);
    expect(kinds.filter((kind) => kind === 'RUN_SUCCEEDED')).toHaveLength(1);
    expect(await opened().database.experiments.finishedShards(experiment.id, 0)).toHaveLength(1);
  });

  it('fails the run, with the last reason, when its simulation has died three times', async () => {
    const experiment = await opened().submit(withUnknownProtocol(newExperiment()));
    const simulator = new InlineSimulator();
    for (let attempt = 1; attempt <= 4; attempt++)
      await executeShard(ports(simulator), shardIds(experiment)[0], NEVER);
    expect(simulator.started).toBe(3);
    const { items } = await opened().database.experiments.runs(experiment.id, {
      direction: 'FORWARD',
      limit: 1,
      after: null,
    });
    expect(items[0]).toMatchObject({
      status: 'FAILED',
      failureReason: expect.stringMatching(/^POISONED: it crashed 3 times; .*there is no protocol/),
    });
    expect((await opened().kindsOf(experiment)).slice(-2)).toEqual(['RUN_FAILED', 'FAILED']);
  });

  it('stops its simulation when the lease cannot be renewed for a reason that nobody expected', async () => {
    const experiment = await submitted();
    const simulator: InlineSimulator = new InlineSimulator(() => simulator.stopped);
    const broken = withStore({ renew: () => Promise.reject(new TypeError('a bug')) });
    const work = executeShard({ ...ports(simulator), shards: broken }, shardIds(experiment)[0], NEVER);
    await expect(work).rejects.toThrow('a bug');
  });

  it('does not wait for a renewal that hangs when its simulation is over', async () => {
    const experiment = await submitted();
    const hanging = withStore({ renew: () => new Promise(() => undefined) });
    await executeShard({ ...ports(new InlineSimulator()), shards: hanging }, shardIds(experiment)[0], NEVER);
    expect((await opened().kindsOf(experiment)).at(-1)).toBe('SUCCEEDED');
  });

  it('ends soon when its worker stops while the database is away, and leaves the shard to the reconciler', async () => {
    const experiment = await submitted();
    const stopping = new AbortController();
    const away = (): Promise<never> => Promise.reject(new StoreUnavailableError('away'));
    const store = withStore({ renew: away, release: away });
    const simulator = new InlineSimulator(async () => stopping.abort());
    const start = performance.now();
    await executeShard({ ...ports(simulator), shards: store }, shardIds(experiment)[0], stopping.signal);
    expect(performance.now() - start).toBeLessThan(3000);
    expect((await opened().kindsOf(experiment)).at(-1)).toBe('RUN_STARTED');
  });

  it('passes the failpoints of a worker in their order', async () => {
    const experiment = await submitted();
    const passed: string[] = [];
    const failpoint = async (name: string): Promise<void> => void passed.push(name);
    await executeShard({ ...ports(new InlineSimulator()), failpoint }, shardIds(experiment)[0], NEVER);
    const names = ['before-claim', 'running', 'before-finish', 'after-finish'];
    expect(passed).toEqual(names.map((name) => `worker.${name}`));
  });

  it('gives up its lease-keeping when the simulator breaks its word, so that the shard can be reclaimed', async () => {
    const experiment = await submitted();
    const breaking = new InlineSimulator(() => Promise.reject(new Error('not an error of the port')));
    const work = executeShard(ports(breaking), shardIds(experiment)[0], NEVER);
    await expect(work).rejects.toThrow('not an error of the port');
  });
});

/** Nothing that passed validation makes the engine fail; this did not. */
function withUnknownProtocol(experiment: NewExperiment): NewExperiment {
  const points = experiment.points.map((point) => ({
    ...point,
    spec: { ...point.spec, cluster: { ...point.spec.cluster, replication: { gossip: {} } } },
  }));
  return { ...experiment, engineVersion: ENGINE_VERSION, points };
}
