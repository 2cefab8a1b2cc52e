import { describe, expect, it } from '@jest/globals';
import { ENGINE_VERSION } from '../../src/engine/engine-version';
import { Afterwards } from '../../src/experiments/afterwards';
import { cancelExperiment } from '../../src/experiments/cancel-experiment';
import { executeShard, type ExecuteShard } from '../../src/experiments/execute-shard';
import { newIds } from '../../src/experiments/new-ids';
import { pauseExperiment } from '../../src/experiments/pause-experiment';
import { NO_FAILPOINT } from '../../src/experiments/ports/failpoint';
import type { NewExperiment, QueuedJob } from '../../src/experiments/ports/stores';
import { QueueUnavailableError, type WorkQueue } from '../../src/experiments/ports/work-queue';
import { resumeExperiment, type ResumeExperiment } from '../../src/experiments/resume-experiment';
import { InlineSimulator } from '../support/inline-simulator';
import { useDatabase } from '../support/open-test-database';
import { newExperiment, shardIds } from '../support/sample-experiment';

const NOBODY = { info: () => undefined, warn: () => undefined };
const NEVER = new AbortController().signal;
const RUNS = 3;

/** A queue that keeps its jobs in a list. */
class ListedQueue implements WorkQueue {
  readonly jobs: QueuedJob[] = [];

  async enqueue(jobs: readonly QueuedJob[]): Promise<void> {
    this.jobs.push(...jobs);
  }

  async missing(): Promise<readonly QueuedJob[]> {
    return [];
  }
}

describe('an experiment whose user', () => {
  const opened = useDatabase();

  const submitted = (): Promise<NewExperiment> =>
    opened().submit({ ...newExperiment({ repetitions: RUNS }), engineVersion: ENGINE_VERSION, seed: 42n });

  const worker = (simulator: InlineSimulator): ExecuteShard => ({
    shards: opened().database.shards,
    simulator,
    ids: newIds,
    failpoint: NO_FAILPOINT,
    report: NOBODY,
    owner: 'tested',
    leaseMs: 60_000,
    renewMs: 5,
  });

  const lab = (queue: WorkQueue = new ListedQueue()): ResumeExperiment & { experiments: Experiments } => {
    const { experiments } = opened().database;
    return { experiments, queue, report: NOBODY, afterwards: new Afterwards(NOBODY) };
  };
  type Experiments = ReturnType<typeof opened>['database']['experiments'];

  async function runAll(experiment: NewExperiment, simulator = new InlineSimulator()): Promise<void> {
    for (const id of shardIds(experiment)) await executeShard(worker(simulator), id, NEVER);
  }

  async function hashesOf({ id }: NewExperiment): Promise<(string | undefined)[]> {
    const request = { direction: 'FORWARD', limit: RUNS, after: null } as const;
    const { items } = await opened().database.experiments.runs(id, request);
    return items.map(({ summary }) => summary?.resultHash);
  }

  /** A simulation that goes on until it is told to stop, once its shard's user has made the wish. */
  function interrupted(wish: () => Promise<unknown>): InlineSimulator {
    const simulator: InlineSimulator = new InlineSimulator(async () => {
      await wish();
      await simulator.stopped;
    });
    return simulator;
  }

  it('cancels it while it runs has it CANCELLED when the worker has stopped', async () => {
    const experiment = await submitted();
    const simulator = interrupted(() => cancelExperiment(lab(), { id: experiment.id }));
    await runAll(experiment, simulator);
    expect(simulator.started).toBe(1);
    const kinds = await opened().kindsOf(experiment);
    expect(kinds.slice(3)).toEqual(['CANCELLING', ...Array<string>(RUNS).fill('RUN_CANCELLED'), 'CANCELLED']);
  });

  it('pauses and resumes it gets the results that it has undisturbed', async () => {
    const undisturbed = await submitted();
    await runAll(undisturbed);
    const experiment = await submitted();
    await runAll(
      experiment,
      interrupted(() => pauseExperiment(lab(), { id: experiment.id })),
    );
    expect((await opened().kindsOf(experiment)).slice(3)).toEqual(['PAUSED', 'RUN_HANDED_BACK']);
    expect((await resumeExperiment(lab(), { id: experiment.id })).kind).toBe('DONE');
    await runAll(experiment);
    expect((await opened().kindsOf(experiment)).at(-1)).toBe('SUCCEEDED');
    expect(await hashesOf(experiment)).toEqual(await hashesOf(undisturbed));
  });

  it('resumes it has a job for each waiting run right after the answer', async () => {
    const experiment = await submitted();
    const queue = new ListedQueue();
    const ports = lab(queue);
    await pauseExperiment(ports, { id: experiment.id });
    await resumeExperiment(ports, { id: experiment.id });
    await ports.afterwards.settled();
    expect(queue.jobs.map(({ shardId }) => shardId).sort()).toEqual(shardIds(experiment).sort());
  });

  it('resumes it while the queue is away leaves the rest to the reconciler', async () => {
    const experiment = await submitted();
    const refuse = (): Promise<never> => Promise.reject(new QueueUnavailableError('away'));
    const ports = lab({ enqueue: refuse, missing: refuse });
    await pauseExperiment(ports, { id: experiment.id });
    expect((await resumeExperiment(ports, { id: experiment.id })).kind).toBe('DONE');
    await expect(ports.afterwards.settled()).resolves.toBeUndefined();
  });

  it('asks for what is impossible is told why, with a code and the status', async () => {
    const experiment = await submitted();
    const { id } = experiment;
    const ports = lab();
    const problems = async (outcome: ReturnType<typeof cancelExperiment>): Promise<string[]> => {
      const answer = await outcome;
      return answer.kind === 'DONE'
        ? []
        : answer.problems.map(({ code, path, message }) => `${code} ${path.join('.')} ${message}`);
    };
    const resumedTooSoon = await problems(resumeExperiment(ports, { id }));
    expect(resumedTooSoon).toEqual(['NOT_PAUSED id It is QUEUED; only a PAUSED experiment can be resumed.']);
    await pauseExperiment(ports, { id });
    expect(await problems(pauseExperiment(ports, { id }))).toEqual([
      'ALREADY_PAUSED id It is PAUSED already.',
    ]);
    await cancelExperiment(ports, { id });
    const terminal =
      'ALREADY_TERMINAL id It is CANCELLED already: nothing about it changes any more. Submit it anew to run it again.';
    for (const wish of [cancelExperiment, pauseExperiment])
      expect(await problems(wish(ports, { id }))).toEqual([terminal]);
    expect(await problems(resumeExperiment(ports, { id }))).toEqual([terminal]);
  });

  it.each([
    [{ id: 'exp_00000000000000000000009999' }, 'NOT_FOUND at id'],
    [{ id: 'clu_00000000000000000000000001' }, 'NOT_FOUND at id'],
    [{ id: 'nonsense' }, 'NOT_FOUND at id'],
    [{}, 'REQUIRED at id'],
    [{ id: 7 }, 'WRONG_TYPE at id'],
    [{ id: 'exp_00000000000000000000009999', force: true }, 'UNKNOWN_FIELD at force'],
  ])('gives %j finds that %s', async (input, found) => {
    for (const wish of [cancelExperiment, pauseExperiment]) {
      const outcome = await wish(lab(), input);
      expect(outcome).toMatchObject({ kind: 'REFUSED' });
      if (outcome.kind === 'REFUSED')
        expect(outcome.problems.map(({ code, path }) => `${code} at ${path.join('.')}`)).toEqual([found]);
    }
  });
});
