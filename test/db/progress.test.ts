import { describe, expect, it } from '@jest/globals';
import type { ExperimentId } from '../../src/model/ids';
import { CRASH_RULE, newExperiment, outcomeOf } from '../support/sample-experiment';
import { useDatabase } from '../support/open-test-database';

const lab = useDatabase();
const LEASE_MS = 60_000;
const CRASHES = { crashRule: CRASH_RULE, limit: 100 };

const fractionOf = async (id: ExperimentId): Promise<number | undefined> =>
  (await lab().database.experiments.progress(id))?.fraction;
const working = (fraction: number, simulatedOperations = 0) => ({ fraction, simulatedOperations });

describe('progress', () => {
  it('of a waiting experiment is nothing yet', async () => {
    const { id } = await lab().submit(newExperiment({ repetitions: 2 }));
    expect(await lab().database.experiments.progress(id)).toEqual({
      experimentId: id,
      status: 'QUEUED',
      completedRuns: 0,
      totalRuns: 2,
      fraction: 0,
      simulatedOperations: 0,
      elapsedMs: null,
      sequence: 1n,
    });
  });

  it('of an unknown experiment is null', async () => {
    expect(await lab().database.experiments.progress(newExperiment().id)).toBeNull();
  });

  it('counts inside runs, and shards by their runs', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 4, runsPerShard: 3 }));
    const [three] = await lab().claimAll(experiment);
    if (three !== undefined) await lab().database.shards.renew(three, LEASE_MS, working(0.5));
    expect(await fractionOf(experiment.id)).toBeCloseTo(1.5 / 4, 6);
  });

  it('adds up the operations of runs that have ended and of runs under way', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 3 }));
    const [one, two, ended] = await lab().claimAll(experiment);
    if (one !== undefined) await lab().database.shards.renew(one, LEASE_MS, working(0.1, 1000));
    if (two !== undefined) await lab().database.shards.renew(two, LEASE_MS, working(0.1, 500));
    if (ended !== undefined) await lab().database.shards.finish(ended, outcomeOf(ended));
    expect(await lab().database.experiments.progress(experiment.id)).toMatchObject({
      simulatedOperations: 3_000_001_500,
    });
  });

  it('never falls: not by an older report, not when a crashed shard starts again', async () => {
    const { id, points } = await lab().submit(newExperiment());
    const shardId = points[0]?.shards[0]?.id ?? 'shd_none';
    const first = await lab().claim(shardId);
    await lab().database.shards.renew(first, LEASE_MS, working(0.6));
    await lab().database.shards.renew(first, -1, working(0.4));
    const fractions = [await fractionOf(id)];
    await lab().database.shards.reclaimExpired(CRASHES);
    fractions.push(await fractionOf(id));
    const second = await lab().claim(shardId);
    await lab().database.shards.renew(second, LEASE_MS, working(0.1));
    fractions.push(await fractionOf(id));
    expect(fractions).toEqual([0.6, 0.6, 0.6]);
  });

  it('is 1 exactly when the experiment has ended', async () => {
    const experiment = await lab().submit(newExperiment());
    const [claim] = await lab().claimAll(experiment);
    if (claim === undefined) throw new Error('the sample has a shard');
    await lab().database.shards.renew(claim, LEASE_MS, working(1));
    expect(await fractionOf(experiment.id)).toBeLessThan(1);
    await lab().database.shards.finish(claim, outcomeOf(claim));
    expect(await lab().database.experiments.progress(experiment.id)).toMatchObject({
      status: 'SUCCEEDED',
      fraction: 1,
      completedRuns: 1,
      simulatedOperations: 3_000_000_000,
      sequence: 5n,
    });
  });

  it('counts the time from the first start by the clock of the database', async () => {
    const experiment = await lab().submit(newExperiment());
    await lab().claimAll(experiment);
    await lab().select(`UPDATE "Experiment" SET "startedAt" = now() - interval '1 hour' WHERE "id" = $1`, [
      experiment.id,
    ]);
    const progress = await lab().database.experiments.progress(experiment.id);
    expect(Math.floor((progress?.elapsedMs ?? 0) / 60_000)).toBe(60);
  });

  it('survives reports that are no shares', async () => {
    const experiment = await lab().submit(newExperiment());
    const [claim] = await lab().claimAll(experiment);
    if (claim !== undefined) await lab().database.shards.renew(claim, LEASE_MS, working(17));
    expect(await fractionOf(experiment.id)).toBe(0.999999);
  });
});
