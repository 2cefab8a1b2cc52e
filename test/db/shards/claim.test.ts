import { describe, expect, it } from '@jest/globals';
import type { ShardId } from '../../../src/model/ids';
import type { NewExperiment } from '../../../src/experiments/ports/stores';
import { ENGINE_VERSION, newExperiment, shardIds } from '../../support/sample-experiment';
import { useDatabase } from '../../support/open-test-database';

const lab = useDatabase();
const ROUNDS = 30;

const firstShard = (experiment: NewExperiment): ShardId => shardIds(experiment)[0] ?? 'shd_none';

describe('a claim', () => {
  it('gives the work of a waiting shard: its point, runs, seed and first epoch', async () => {
    const experiment = await lab().submit(newExperiment({ points: 2, repetitions: 5, runsPerShard: 2 }));
    const shard = experiment.points[1]?.shards[2];
    expect(await lab().tryClaim(shard?.id ?? 'shd_none')).toEqual({
      shardId: shard?.id,
      experimentId: experiment.id,
      point: 1,
      firstRepetition: 4,
      runCount: 1,
      leaseEpoch: 1,
      spec: experiment.points[1]?.spec,
      seed: 18_446_744_073_709_551_615n,
    });
  });

  it('starts the experiment once, and each run', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 2 }));
    await lab().claimAll(experiment);
    const told = (await lab().eventsOf(experiment)).map(({ message }) => message).slice(0, 3);
    expect(await lab().kindsOf(experiment)).toEqual(['SUBMITTED', 'STARTED', 'RUN_STARTED', 'RUN_STARTED']);
    expect(told[1]).toBe('Started.');
    expect(['Run 1 of 2 started.', 'Run 2 of 2 started.']).toContain(told[2]);
  });

  it('makes the experiment RUNNING from the moment of its first start', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 2 }));
    await lab().claim(firstShard(experiment));
    const [running] = await lab().database.experiments.findMany([experiment.id]);
    await lab().claim(shardIds(experiment)[1] ?? 'shd_none');
    const [later] = await lab().database.experiments.findMany([experiment.id]);
    expect(running).toMatchObject({ status: 'RUNNING', startedAt: expect.any(Date), finishedAt: null });
    expect(later?.startedAt).toEqual(running?.startedAt);
  });

  it('of a shard whose lease lives is refused', async () => {
    const experiment = await lab().submit(newExperiment());
    await lab().claim(firstShard(experiment));
    expect(await lab().tryClaim(firstShard(experiment))).toBeNull();
  });

  it('of an unknown shard is refused', async () => {
    expect(await lab().tryClaim('shd_none')).toBeNull();
  });

  it('by a worker of another engine version is refused, and nothing is told', async () => {
    const experiment = await lab().submit({ ...newExperiment(), engineVersion: `not ${ENGINE_VERSION}` });
    expect(await lab().tryClaim(firstShard(experiment))).toBeNull();
    expect(await lab().kindsOf(experiment)).toEqual(['SUBMITTED']);
  });

  it.each(['PAUSED', 'CANCELLING'])('of a shard of a %s experiment is refused', async (status) => {
    const experiment = await lab().submit(newExperiment());
    await lab().select(`UPDATE "Experiment" SET "status" = '${status}' WHERE "id" = $1`, [experiment.id]);
    expect(await lab().tryClaim(firstShard(experiment))).toBeNull();
  });

  it('takes over a shard whose lease has ended, with the next epoch, as a crash', async () => {
    const experiment = await lab().submit(newExperiment());
    await lab().claim(firstShard(experiment), 'ENDED');
    expect(await lab().tryClaim(firstShard(experiment))).toMatchObject({ leaseEpoch: 2 });
    const [shard] = await lab().select('SELECT "crashes", "attempt" FROM "Shard" WHERE "id" = $1', [
      firstShard(experiment),
    ]);
    expect(shard).toEqual({ crashes: 1, attempt: 2 });
    const kinds = ['SUBMITTED', 'STARTED', 'RUN_STARTED', 'RUN_RECLAIMED', 'RUN_STARTED'];
    expect(await lab().kindsOf(experiment)).toEqual(kinds);
  });

  it('of a shard whose third lease has ended fails it instead', async () => {
    const experiment = await lab().submit(newExperiment());
    for (let crash = 1; crash <= 3; crash++) await lab().claim(firstShard(experiment), 'ENDED');
    expect(await lab().tryClaim(firstShard(experiment))).toBeNull();
    expect((await lab().kindsOf(experiment)).slice(-2)).toEqual(['RUN_FAILED', 'FAILED']);
  });

  it('races with another: one wins, every time', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: ROUNDS }));
    const races = shardIds(experiment).map((id) => Promise.all([lab().tryClaim(id), lab().tryClaim(id)]));
    const winners = (await Promise.all(races)).map((race) => race.filter((claim) => claim !== null).length);
    expect(winners).toEqual(Array(ROUNDS).fill(1));
    expect(await lab().kindsOf(experiment)).toHaveLength(2 + ROUNDS);
  });

  it('races with another for an ended lease: one wins, and one crash is counted', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: ROUNDS }));
    for (const id of shardIds(experiment)) await lab().claim(id, 'ENDED');
    const races = shardIds(experiment).map((id) => Promise.all([lab().tryClaim(id), lab().tryClaim(id)]));
    const winners = (await Promise.all(races)).map((race) => race.filter((claim) => claim !== null).length);
    expect(winners).toEqual(Array(ROUNDS).fill(1));
    const [crashes] = await lab().select(
      'SELECT sum("crashes")::int AS sum FROM "Shard" WHERE "experimentId" = $1',
      [experiment.id],
    );
    expect(crashes).toEqual({ sum: ROUNDS });
  });
});
