import { describe, expect, it } from '@jest/globals';
import type { ExperimentStatus } from '../../../src/model/status';
import type { Control } from '../../../src/experiments/ports/stores';
import type { NewExperiment } from '../../../src/experiments/ports/stores';
import { CRASH_RULE, newExperiment, outcomeOf, shardIds } from '../../support/sample-experiment';
import { useDatabase } from '../../support/open-test-database';

const lab = useDatabase();
const LEASE_MS = 60_000;
const PROGRESS = { fraction: 0.5, simulatedOperations: 10 };
const ALL_WAITING = { notCheckedForMs: 0, limit: 1000 };

async function statusOf({ id }: NewExperiment): Promise<ExperimentStatus | undefined> {
  const [record] = await lab().database.experiments.findMany([id]);
  return record?.status;
}

async function runStatuses({ id, repetitions }: NewExperiment): Promise<string[]> {
  const request = { direction: 'FORWARD', limit: repetitions, after: null } as const;
  return (await lab().database.experiments.runs(id, request)).items.map(({ status }) => status);
}

const cancel = ({ id }: NewExperiment): Promise<Control> => lab().database.experiments.cancel(id);
const pause = ({ id }: NewExperiment): Promise<Control> => lab().database.experiments.pause(id);
const resume = ({ id }: NewExperiment): Promise<Control> => lab().database.experiments.resume(id);

describe('cancelling', () => {
  it('ends a waiting experiment at once, each run told in order', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 3 }));
    expect(await cancel(experiment)).toMatchObject({
      kind: 'DONE',
      record: { status: 'CANCELLED' },
      jobs: [],
    });
    expect((await lab().eventsOf(experiment)).map(({ message }) => message).slice(1)).toEqual([
      'Run 1 of 3 was cancelled.',
      'Run 2 of 3 was cancelled.',
      'Run 3 of 3 was cancelled.',
      'Cancelled: 0 of 3 runs have a result.',
    ]);
  });

  it('tells of the waiting runs of a shard in one event, and counts every one of them', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 1500, runsPerShard: 1000 }));
    expect(await cancel(experiment)).toMatchObject({
      record: { status: 'CANCELLED', completedRuns: 1500 },
    });
    const events = (await lab().eventsOf(experiment)).slice(1);
    expect(events.map(({ message, runCount }) => [message, runCount])).toEqual([
      ['Runs 1 to 1000 of 1500 were cancelled.', 1000],
      ['Runs 1001 to 1500 of 1500 were cancelled.', 500],
      ['Cancelled: 0 of 1500 runs have a result.', null],
    ]);
  });

  it('leaves it CANCELLING, and its running runs too, until those have stopped', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 2 }));
    const claim = await lab().claim(shardIds(experiment)[0] ?? 'shd_none');
    expect(await cancel(experiment)).toMatchObject({ record: { status: 'CANCELLING', finishedAt: null } });
    expect(await runStatuses(experiment)).toEqual(['CANCELLING', 'CANCELLED']);
    expect(await lab().database.shards.renew(claim, LEASE_MS, PROGRESS)).toBe('CANCEL');
    expect(await lab().database.shards.release(claim)).toBe(true);
    expect(await runStatuses(experiment)).toEqual(['CANCELLED', 'CANCELLED']);
    expect((await lab().kindsOf(experiment)).slice(-4)).toEqual([
      'CANCELLING',
      'RUN_CANCELLED',
      'RUN_CANCELLED',
      'CANCELLED',
    ]);
  });

  it('keeps the results that it has', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 2 }));
    const claim = await lab().claim(shardIds(experiment)[0] ?? 'shd_none');
    await lab().database.shards.finish(claim, outcomeOf(claim));
    await cancel(experiment);
    expect(await runStatuses(experiment)).toEqual(['SUCCEEDED', 'CANCELLED']);
    expect((await lab().eventsOf(experiment)).at(-1)?.message).toBe('Cancelled: 1 of 2 runs have a result.');
  });

  it('comes too late for a run that finishes all the same: with every result it has SUCCEEDED', async () => {
    const experiment = await lab().submit(newExperiment());
    const claim = await lab().claim(shardIds(experiment)[0] ?? 'shd_none');
    await cancel(experiment);
    expect(await lab().database.shards.finish(claim, outcomeOf(claim))).toBe(true);
    expect(await statusOf(experiment)).toBe('SUCCEEDED');
  });

  it('is CANCELLED and not FAILED when what was stopping dies', async () => {
    const experiment = await lab().submit(newExperiment());
    const claim = await lab().claim(shardIds(experiment)[0] ?? 'shd_none');
    await cancel(experiment);
    expect(await lab().database.shards.crash(claim, 'it threw', CRASH_RULE)).toBe(true);
    expect(await statusOf(experiment)).toBe('CANCELLED');
  });

  it('is finished by the reconciler when the worker dies meanwhile, and nobody can claim the shard', async () => {
    const experiment = await lab().submit(newExperiment());
    const [id = 'shd_none'] = shardIds(experiment);
    await lab().claim(id, 'ENDED');
    await cancel(experiment);
    expect(await lab().tryClaim(id)).toBeNull();
    const request = { crashRule: CRASH_RULE, limit: 100 };
    expect(await lab().database.shards.reclaimExpired(request)).toEqual({ jobs: [], ended: 1 });
    expect(await statusOf(experiment)).toBe('CANCELLED');
    expect(await runStatuses(experiment)).toEqual(['CANCELLED']);
  });

  it('twice changes nothing more while it is CANCELLING, and is refused once it has ended', async () => {
    const experiment = await lab().submit(newExperiment());
    const claim = await lab().claim(shardIds(experiment)[0] ?? 'shd_none');
    await cancel(experiment);
    const told = await lab().kindsOf(experiment);
    expect(await cancel(experiment)).toMatchObject({ kind: 'DONE', record: { status: 'CANCELLING' } });
    expect(await lab().kindsOf(experiment)).toEqual(told);
    await lab().database.shards.release(claim);
    expect(await cancel(experiment)).toEqual({ kind: 'REFUSED', status: 'CANCELLED' });
  });
});

describe('pausing', () => {
  it('lets nothing be claimed or enqueued, and tells workers to hand back', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 2 }));
    const [running = 'shd_none', waiting = 'shd_none'] = shardIds(experiment);
    const claim = await lab().claim(running);
    expect(await pause(experiment)).toMatchObject({ kind: 'DONE', record: { status: 'PAUSED' } });
    expect(await lab().tryClaim(waiting)).toBeNull();
    expect(await lab().database.shards.renew(claim, LEASE_MS, PROGRESS)).toBe('PAUSE');
    await lab().database.shards.release(claim);
    expect(await lab().tryClaim(running)).toBeNull();
    const looked = await lab().database.shards.takeWaiting(ALL_WAITING);
    expect(looked.filter(({ shardId }) => shardIds(experiment).includes(shardId))).toEqual([]);
    expect((await lab().eventsOf(experiment)).at(-1)?.message).toBe(
      'Run 1 of 2 was handed back: the experiment is paused.',
    );
  });

  it('never lets the fraction fall, and a run that finishes all the same keeps its result', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 2 }));
    const [one, other] = await lab().claimAll(experiment);
    if (one === undefined || other === undefined) throw new Error('the sample has two shards');
    await lab().database.shards.renew(one, LEASE_MS, { fraction: 0.8, simulatedOperations: 1 });
    await pause(experiment);
    await lab().database.shards.release(one);
    await lab().database.shards.finish(other, outcomeOf(other));
    const progress = await lab().database.experiments.progress(experiment.id);
    expect(progress).toMatchObject({ status: 'PAUSED', fraction: 0.9, completedRuns: 1 });
  });

  it('of one that is paused or has ended is refused', async () => {
    const experiment = await lab().submit(newExperiment());
    await pause(experiment);
    expect(await pause(experiment)).toEqual({ kind: 'REFUSED', status: 'PAUSED' });
    await cancel(experiment);
    expect(await pause(experiment)).toEqual({ kind: 'REFUSED', status: 'CANCELLED' });
  });
});

describe('resuming', () => {
  it('gives every waiting shard its next attempt, to be claimed again', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 2 }));
    const [first = 'shd_none', second = 'shd_none'] = shardIds(experiment);
    const claim = await lab().claim(first);
    await pause(experiment);
    await lab().database.shards.release(claim);
    const resumed = await resume(experiment);
    expect(resumed).toMatchObject({ kind: 'DONE', record: { status: 'RUNNING' } });
    expect(resumed.kind === 'DONE' && [...resumed.jobs].sort((a, b) => b.attempt - a.attempt)).toEqual([
      { shardId: first, attempt: 3 },
      { shardId: second, attempt: 2 },
    ]);
    expect(await lab().tryClaim(first)).toMatchObject({ leaseEpoch: 2 });
    expect((await lab().kindsOf(experiment)).slice(-4)).toEqual([
      'PAUSED',
      'RUN_HANDED_BACK',
      'RESUMED',
      'RUN_STARTED',
    ]);
  });

  it('brings one that never started back to QUEUED, and it starts once', async () => {
    const experiment = await lab().submit(newExperiment());
    await pause(experiment);
    expect(await resume(experiment)).toMatchObject({ record: { status: 'QUEUED', startedAt: null } });
    await lab().claimAll(experiment);
    const kinds = ['SUBMITTED', 'PAUSED', 'RESUMED', 'STARTED', 'RUN_STARTED'];
    expect(await lab().kindsOf(experiment)).toEqual(kinds);
  });

  it('is refused unless it is paused', async () => {
    const experiment = await lab().submit(newExperiment());
    expect(await resume(experiment)).toEqual({ kind: 'REFUSED', status: 'QUEUED' });
  });
});

it.each(['cancel', 'pause', 'resume'] as const)('to %s what does not exist finds nothing', async (wish) => {
  expect(await lab().database.experiments[wish](newExperiment().id)).toEqual({ kind: 'NOT_FOUND' });
});
