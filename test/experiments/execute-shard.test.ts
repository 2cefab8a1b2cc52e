import { describe, expect, it } from '@jest/globals';
import { ENGINE_VERSION } from '../../src/engine/engine-version';
import { executeShard, type ExecuteShard } from '../../src/experiments/execute-shard';
import type { NewExperiment } from '../../src/experiments/ports/stores';
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
    report: NOBODY,
    owner: 'tested',
    leaseMs: 60_000,
    renewMs: 5,
  });

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

  it('runs once when two workers get the job at the same time', async () => {
    const experiment = await submitted();
    const [shard] = shardIds(experiment);
    const simulator = new InlineSimulator();
    await Promise.all([1, 2, 3].map(() => executeShard(ports(simulator), shard, NEVER)));
    expect(simulator.started).toBe(1);
    expect(await opened().database.experiments.measurements(experiment.id, 0)).toHaveLength(1);
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
    await executeShard({ ...ports(late), renewMs: 60_000 }, shard, NEVER);
    expect([late.started, rescuer.started]).toEqual([1, 1]);
    const kinds = await opened().kindsOf(experiment);
    expect(kinds.filter((kind) => kind === 'RUN_SUCCEEDED')).toHaveLength(1);
    expect(await opened().database.experiments.measurements(experiment.id, 0)).toHaveLength(1);
  });

  it('fails the shard, with the reason, when the engine fails', async () => {
    const experiment = await opened().submit(withUnknownProtocol(newExperiment()));
    await executeShard(ports(new InlineSimulator()), shardIds(experiment)[0], NEVER);
    const { items } = await opened().database.experiments.runs(experiment.id, {
      direction: 'FORWARD',
      limit: 1,
      after: null,
    });
    expect(items[0]).toMatchObject({
      status: 'FAILED',
      failureReason: expect.stringContaining('there is no protocol'),
    });
    expect((await opened().kindsOf(experiment)).slice(-2)).toEqual(['RUN_FAILED', 'FAILED']);
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
