import { beforeEach, describe, expect, it } from '@jest/globals';
import type { QueuedJob } from '../../../src/experiments/ports/stores';
import type { NewExperiment } from '../../../src/experiments/ports/stores';
import { CRASH_RULE, newExperiment, outcomeOf, shardIds } from '../../support/sample-experiment';
import { useDatabase } from '../../support/open-test-database';

const lab = useDatabase();
const REQUEST = { crashRule: CRASH_RULE, limit: 1000 };
const SHARDS = 20;
const RUNS = 8;

beforeEach(() => lab().select('TRUNCATE "Experiment" CASCADE'));

const shapesOf = ({ id }: NewExperiment): Promise<object[]> =>
  lab().select(
    `SELECT "firstRepetition" AS first, "runCount" AS runs, "crashes" FROM "Shard" WHERE "experimentId" = $1 ORDER BY first`,
    [id],
  );

/** Workers that die whenever they get the poisoned run; how many did. */
async function workUntilQuiet(jobs: readonly QueuedJob[], poisoned: number): Promise<number> {
  const waiting = [...jobs];
  let deaths = 0;
  for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
    const claim = await lab().claim(job.shardId, 'ENDED');
    const dies = claim.firstRepetition <= poisoned && poisoned < claim.firstRepetition + claim.runCount;
    if (dies) waiting.push(...(await lab().database.shards.reclaimExpired(REQUEST)).jobs);
    else await lab().database.shards.finish(claim, outcomeOf(claim));
    deaths += dies ? 1 : 0;
  }
  return deaths;
}

describe('a shard of several runs whose worker died', () => {
  it('is halved: both halves wait, uncharged, with what had been shown of their progress', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 5, runsPerShard: 5 }));
    const claim = await lab().claim(shardIds(experiment)[0] ?? 'shd_none');
    await lab().database.shards.renew(claim, -1, { fraction: 0.4, simulatedOperations: 7 });
    const { jobs } = await lab().database.shards.reclaimExpired(REQUEST);
    expect(jobs).toEqual([
      { shardId: claim.shardId, attempt: 2 },
      { shardId: expect.stringMatching(/^shd_/), attempt: 1 },
    ]);
    expect(await shapesOf(experiment)).toEqual([
      { first: 0, runs: 3, crashes: 0 },
      { first: 3, runs: 2, crashes: 0 },
    ]);
    const progress = await lab().database.experiments.progress(experiment.id);
    expect(progress).toMatchObject({ fraction: 0.4, totalRuns: 5, completedRuns: 0 });
    const told = await lab().eventsOf(experiment);
    expect(told.filter(({ kind }) => kind === 'RUN_RECLAIMED')).toEqual([
      expect.objectContaining({
        message: 'Runs 1 to 5 of 5 were taken back: its worker gave no sign of life.',
        run: { experimentId: experiment.id, point: 0, repetition: 0 },
        runCount: 5,
      }),
    ]);
  });

  it('is halved as well when its simulation dies, and its old owner has lost it', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 2, runsPerShard: 2 }));
    const claim = await lab().claim(shardIds(experiment)[0] ?? 'shd_none');
    expect(await lab().database.shards.crash(claim, 'it threw', CRASH_RULE)).toBe(true);
    expect(await lab().database.shards.finish(claim, outcomeOf(claim))).toBe(false);
    expect(await shapesOf(experiment)).toEqual([
      { first: 0, runs: 1, crashes: 0 },
      { first: 1, runs: 1, crashes: 0 },
    ]);
    const waiting = await lab().database.shards.takeWaiting({ notCheckedForMs: 60_000, limit: 10 });
    expect(waiting).toHaveLength(2);
  });

  it('gives its first half to who claims it, and the reconciler finds the other', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 4, runsPerShard: 4 }));
    const [id = 'shd_none'] = shardIds(experiment);
    await lab().claim(id, 'ENDED');
    expect(await lab().claim(id)).toMatchObject({ firstRepetition: 0, runCount: 2, leaseEpoch: 2 });
    const waiting = await lab().database.shards.takeWaiting({ notCheckedForMs: 60_000, limit: 10 });
    expect(waiting).toEqual([{ shardId: expect.not.stringContaining(id), attempt: 1 }]);
  });

  it.each(Array.from({ length: RUNS }, (_, run) => run))(
    'is halved until poisoned run %i is alone; it fails at its third crash, the others succeed',
    async (poisoned) => {
      const experiment = await lab().submit(newExperiment({ repetitions: RUNS, runsPerShard: RUNS }));
      const first = shardIds(experiment).map((shardId) => ({ shardId, attempt: 1 }));
      expect(await workUntilQuiet(first, poisoned)).toBe(Math.log2(RUNS) + 3);
      const request = { direction: 'FORWARD', limit: RUNS, after: null } as const;
      const { items } = await lab().database.experiments.runs(experiment.id, request);
      const expected = items.map((_, run) => (run === poisoned ? 'FAILED' : 'SUCCEEDED'));
      expect(items.map(({ status }) => status)).toEqual(expected);
      expect(items[poisoned]?.failureReason).toBe(
        'POISONED: it crashed 3 times; the last time, its worker gave no sign of life.',
      );
      expect((await lab().kindsOf(experiment)).at(-1)).toBe('FAILED');
    },
  );

  it('is halved once by four reconcilers and a worker at the same time', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: SHARDS * 4, runsPerShard: 4 }));
    for (const id of shardIds(experiment)) await lab().claim(id, 'ENDED');
    const [claims, ...reclaimed] = await Promise.all([
      Promise.all(shardIds(experiment).map((id) => lab().tryClaim(id))),
      ...[1, 2, 3, 4].map(() => lab().database.shards.reclaimExpired(REQUEST)),
    ]);
    const shapes = await shapesOf(experiment);
    expect(shapes).toEqual(
      Array.from({ length: SHARDS * 2 }, (_, half) => ({ first: half * 2, runs: 2, crashes: 0 })),
    );
    for (const claim of claims) if (claim !== null) expect(claim.runCount).toBe(2);
    const jobs = reclaimed.flatMap((each) => each.jobs.map(({ shardId }) => shardId));
    expect(jobs).toEqual([...new Set(jobs)]);
  });
});

describe('crashes of a single run', () => {
  it('are counted whoever died, and the last reason is given', async () => {
    const experiment = await lab().submit(newExperiment());
    const [id = 'shd_none'] = shardIds(experiment);
    await lab().claim(id, 'ENDED');
    await lab().database.shards.crash(await lab().claim(id), 'RangeError: too long', CRASH_RULE);
    await lab().database.shards.crash(await lab().claim(id), 'its thread exited with code 3.', CRASH_RULE);
    const messages = (await lab().eventsOf(experiment)).map(({ message }) => message);
    expect(messages.filter((message) => !message.endsWith('tarted.')).slice(1)).toEqual([
      'Run 1 of 1 was taken back: its worker gave no sign of life.',
      'Run 1 of 1 crashed: RangeError: too long.',
      'Run 1 of 1 failed: POISONED: it crashed 3 times; the last time, its thread exited with code 3.',
      'Failed: 1 of 1 runs failed.',
    ]);
  });
});
