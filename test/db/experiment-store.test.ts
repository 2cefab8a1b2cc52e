import { describe, expect, it } from '@jest/globals';
import { ENGINE_VERSION, newCluster, newExperiment, outcomeOf, shardIds } from '../support/sample-experiment';
import { SAMPLE_SPEC } from '../support/sample-spec';
import { useDatabase } from '../support/open-test-database';

const lab = useDatabase();
const BULK_MS_MAX = 2000;

describe('an inserted experiment', () => {
  it('is found as it was submitted, waiting, with one event', async () => {
    const { id } = await lab().submit(newExperiment({ points: 2, repetitions: 3 }));
    const [found] = await lab().database.experiments.findMany([id]);
    expect(found).toEqual({
      id,
      name: 'sample',
      status: 'QUEUED',
      clusterId: null,
      spec: SAMPLE_SPEC,
      seed: 18_446_744_073_709_551_615n,
      repetitions: 3,
      runCount: 6,
      completedRuns: 0,
      engineVersion: ENGINE_VERSION,
      lastSequence: 1n,
      createdAt: expect.any(Date),
      startedAt: null,
      finishedAt: null,
    });
  });

  it('remembers its cluster', async () => {
    const cluster = newCluster();
    await lab().database.clusters.insert(cluster, null);
    const { id } = await lab().submit({ ...newExperiment(), clusterId: cluster.id });
    expect(await lab().database.experiments.findMany([id])).toMatchObject([{ clusterId: cluster.id }]);
  });

  it('begins its event log with SUBMITTED', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 10 }));
    expect(await lab().eventsOf(experiment)).toEqual([
      {
        experimentId: experiment.id,
        sequence: 1n,
        at: expect.any(Date),
        kind: 'SUBMITTED',
        message: 'Submitted with 10 runs.',
        run: null,
        runCount: null,
      },
    ]);
  });

  it('leaves nothing behind when one of its rows is refused', async () => {
    const taken = await lab().submit(newExperiment());
    const refused = { ...newExperiment(), points: taken.points };
    await expect(lab().submit(refused)).rejects.toThrow();
    expect(await lab().database.experiments.findMany([refused.id])).toEqual([null]);
  });

  it('with 10,000 shards is written in under 2 s', async () => {
    const experiment = newExperiment({ points: 1000, repetitions: 10 });
    const before = performance.now();
    await lab().submit(experiment);
    expect(performance.now() - before).toBeLessThan(BULK_MS_MAX);
    const [count] = await lab().select(
      'SELECT count(*)::int AS shards FROM "Shard" WHERE "experimentId" = $1',
      [experiment.id],
    );
    expect(count).toEqual({ shards: 10_000 });
  });

  it('whose shards miss a repetition is refused as a wrong program', async () => {
    const experiment = { ...newExperiment({ repetitions: 2 }), repetitions: 3 };
    await expect(lab().submit(experiment)).rejects.toThrow('miss repetitions');
  });
});

describe('the event log', () => {
  it('goes on after a sequence, and not further than asked', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 4 }));
    await lab().claimAll(experiment);
    const events = await lab().database.experiments.eventsAfter(experiment.id, 2n, 3);
    expect(events.map(({ sequence }) => sequence)).toEqual([3n, 4n, 5n]);
  });
});

describe('the measurements of a point', () => {
  it('come in the order of repetitions, of that point and of finished shards only', async () => {
    const experiment = await lab().submit(newExperiment({ points: 2, repetitions: 3 }));
    for (const shard of shardIds(experiment).slice(1).reverse()) {
      const claim = await lab().claim(shard);
      await lab().database.shards.finish(claim, outcomeOf(claim));
    }
    const { experiments } = lab().database;
    expect(await experiments.finishedShards(experiment.id, 0)).toEqual([1, 2]);
    const found = await experiments.measurements(experiment.id, 0, [2, 1, 0]);
    const texts = found.map((bytes) => new TextDecoder().decode(bytes));
    expect(texts).toEqual(['measurements 0.1', 'measurements 0.2']);
  });
});
