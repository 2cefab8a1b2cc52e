import { beforeEach, describe, expect, it } from '@jest/globals';
import type { QueuedJob } from '../../../src/experiments/ports/stores';
import { CRASH_RULE, newExperiment, outcomeOf, shardIds } from '../../support/sample-experiment';
import { useDatabase } from '../../support/open-test-database';

const lab = useDatabase();
const REQUEST = { crashRule: CRASH_RULE, limit: 100 };
const ALL_WAITING = { notCheckedForMs: 0, limit: 1000 };
const SHARDS = 40;

beforeEach(() => lab().select('TRUNCATE "Experiment" CASCADE'));

const sorted = (jobs: readonly QueuedJob[]): string[] => jobs.map(({ shardId }) => shardId).sort();

describe('reclaiming ended leases', () => {
  it('gives the jobs of their next attempts, and leaves live leases alone', async () => {
    const [dead = 'shd_none', live = 'shd_none'] = shardIds(
      await lab().submit(newExperiment({ repetitions: 2 })),
    );
    await lab().claim(dead, 'ENDED');
    await lab().claim(live);
    expect(await lab().database.shards.reclaimExpired(REQUEST)).toEqual({
      jobs: [{ shardId: dead, attempt: 2 }],
      ended: 0,
    });
    expect(await lab().database.shards.reclaimExpired(REQUEST)).toEqual({ jobs: [], ended: 0 });
  });

  it('takes no more than asked, the longest ended first', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 3 }));
    for (const id of shardIds(experiment)) await lab().claim(id, 'ENDED');
    const [first] = shardIds(experiment);
    await lab().select(`UPDATE "Shard" SET "leaseUntil" = now() - interval '1 hour' WHERE "id" = $1`, [
      first,
    ]);
    expect(await lab().database.shards.reclaimExpired({ ...REQUEST, limit: 1 })).toMatchObject({
      jobs: [{ shardId: first, attempt: 2 }],
    });
  });

  it('fails a shard at its third crash with the reason, and the others go on', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 2 }));
    const [poison = 'shd_none', good = 'shd_none'] = shardIds(experiment);
    const ended: number[] = [];
    for (let crash = 1; crash <= 3; crash++) {
      await lab().claim(poison, 'ENDED');
      ended.push((await lab().database.shards.reclaimExpired(REQUEST)).ended);
    }
    expect(ended).toEqual([0, 0, 1]);
    const run = await lab().database.experiments.findRun({
      experimentId: experiment.id,
      point: 0,
      repetition: 0,
    });
    expect(run).toMatchObject({
      status: 'FAILED',
      failureReason: expect.stringMatching(/^POISONED: .* 3 times/),
    });
    const claim = await lab().claim(good);
    await lab().database.shards.finish(claim, outcomeOf(claim));
    expect((await lab().kindsOf(experiment)).at(-1)).toBe('FAILED');
  });

  it('by three at once counts every crash once', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: SHARDS }));
    for (const id of shardIds(experiment)) await lab().claim(id, 'ENDED');
    const three = [1, 2, 3].map(() => lab().database.shards.reclaimExpired(REQUEST));
    expect(sorted((await Promise.all(three)).flatMap(({ jobs }) => jobs))).toEqual(
      shardIds(experiment).sort(),
    );
  });
});

describe('taking waiting shards', () => {
  it('leaves those looked at lately, newly submitted ones too', async () => {
    await lab().submit(newExperiment());
    const request = { notCheckedForMs: 60_000, limit: 10 };
    expect(await lab().database.shards.takeWaiting(request)).toEqual([]);
  });

  it('takes those looked at longest ago, and marks them', async () => {
    const [older, newer] = shardIds(await lab().submit(newExperiment({ repetitions: 2 })));
    await lab().select(`UPDATE "Shard" SET "checkedAt" = now() - interval '2 minutes'`);
    await lab().select(`UPDATE "Shard" SET "checkedAt" = now() - interval '1 hour' WHERE "id" = $1`, [older]);
    const request = { notCheckedForMs: 60_000, limit: 1 };
    const taken = [1, 2, 3].map(() => () => lab().database.shards.takeWaiting(request));
    const answers: (readonly QueuedJob[])[] = [];
    for (const take of taken) answers.push(await take());
    expect(answers).toEqual([[{ shardId: older, attempt: 1 }], [{ shardId: newer, attempt: 1 }], []]);
  });

  it('leaves shards that run or have ended', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 3 }));
    const [running = 'shd_none', ended = 'shd_none', waiting] = shardIds(experiment);
    await lab().claim(running, 'ENDED');
    const claim = await lab().claim(ended);
    await lab().database.shards.finish(claim, outcomeOf(claim));
    expect(sorted(await lab().database.shards.takeWaiting(ALL_WAITING))).toEqual([waiting]);
  });

  it('by three at once gives each shard to one', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: SHARDS }));
    await lab().select(`UPDATE "Shard" SET "checkedAt" = now() - interval '2 minutes'`);
    const three = [1, 2, 3].map(() =>
      lab().database.shards.takeWaiting({ notCheckedForMs: 60_000, limit: 30 }),
    );
    const taken = sorted((await Promise.all(three)).flat());
    expect(taken).toEqual([...new Set(taken)]);
    expect(taken.length).toBeGreaterThanOrEqual(30);
    expect(shardIds(experiment)).toEqual(expect.arrayContaining(taken));
  });
});

describe('a shard that another reconciler is looking at', () => {
  it('is skipped without waiting for it', async () => {
    const [locked, free] = shardIds(await lab().submit(newExperiment({ repetitions: 2 })));
    const taken = await lab().whileLocked(
      'SELECT 1 FROM "Shard" WHERE "id" = $1 FOR UPDATE',
      locked ?? '',
      () => lab().database.shards.takeWaiting(ALL_WAITING),
    );
    expect(sorted(taken)).toEqual([free]);
  });
});

describe('next attempts', () => {
  it('count one up, once for the same job', async () => {
    await lab().submit(newExperiment());
    const jobs = await lab().database.shards.takeWaiting(ALL_WAITING);
    const twice = await Promise.all([1, 2].map(() => lab().database.shards.nextAttempts(jobs)));
    expect(twice.flat()).toEqual([{ shardId: jobs[0]?.shardId, attempt: 2 }]);
  });

  it('leave out what somebody claimed meanwhile', async () => {
    const [id = 'shd_none'] = shardIds(await lab().submit(newExperiment()));
    const jobs = await lab().database.shards.takeWaiting(ALL_WAITING);
    await lab().claim(id);
    expect(await lab().database.shards.nextAttempts(jobs)).toEqual([]);
  });

  it('asked for by many at once, in any order, count one up', async () => {
    await lab().submit(newExperiment({ repetitions: SHARDS }));
    const jobs = await lab().database.shards.takeWaiting(ALL_WAITING);
    const callers = Array.from({ length: 8 }, (_, index) =>
      lab().database.shards.nextAttempts(index % 2 === 0 ? jobs : [...jobs].reverse()),
    );
    expect(sorted((await Promise.all(callers)).flat())).toEqual(sorted(jobs));
  });
});
