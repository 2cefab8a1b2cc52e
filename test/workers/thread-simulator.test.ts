import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import type { Claim, RunHistory } from '../../src/experiments/ports/records';
import { SimulationFailedError, SimulationStoppedError } from '../../src/experiments/ports/simulator';
import { runShard } from '../../src/experiments/run/run-shard';
import type { ThreadSettings } from '../../workers/engine-thread-owner';
import { ThreadSimulator } from '../../workers/thread-simulator';
import { SAMPLE_CLUSTER, SAMPLE_SPEC } from '../support/sample-spec';

const threadFile = path.join(__dirname, '..', '..', 'dist', 'workers', 'engine-thread.js');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lab-threads-'));
const token = path.join(folder, 'token');
const opened: ThreadSimulator[] = [];

afterEach(async () => {
  fs.rmSync(token, { force: true });
  await Promise.all(opened.splice(0).map((simulator) => simulator.close()));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function threads(settings: Partial<ThreadSettings> = {}): ThreadSimulator {
  const simulator = new ThreadSimulator({ threadFile, ...settings });
  opened.push(simulator);
  return simulator;
}

function claimOf(cluster: string, durationMs = 1000): Claim {
  return {
    shardId: 'shd_1',
    experimentId: 'exp_1',
    point: 0,
    firstRepetition: 2,
    runCount: 2,
    leaseEpoch: 1,
    seed: 42n,
    spec: {
      ...SAMPLE_SPEC,
      cluster: { ...SAMPLE_CLUSTER, name: cluster },
      workload: { ...SAMPLE_SPEC.workload, durationMs },
    },
  };
}

/** So long that only a stop ends it. */
const ENDLESS_MS = 1e9;
const UNDISTURBED = { stopRequested: () => false, report: () => undefined, now: () => 0 };
const inline = (claim: Claim) => runShard(claim, UNDISTURBED);
const forget = (): void => undefined;

describe('a thread of the engine', () => {
  it('gives the same bytes as the engine on this thread, shard after shard', async () => {
    const simulator = threads();
    const claim = claimOf('good');
    for (let shard = 1; shard <= 3; shard++)
      expect(await simulator.start(claim, forget).outcome).toEqual(inline(claim));
  });

  it('hands over the history of each run before its outcome, the same as the engine on this thread gives', async () => {
    const handed: RunHistory[] = [];
    await threads().start(claimOf('good'), (history) => handed.push(history)).outcome;
    const expected: RunHistory[] = [];
    runShard(claimOf('good'), { ...UNDISTURBED, keepHistory: (history) => expected.push(history) });
    expect(handed).toEqual(expected);
    expect(handed.map(({ repetition }) => repetition)).toEqual([2, 3]);
  });

  it('stops soon when told to, and its next shard is not touched by stops that come late', async () => {
    const simulator = threads();
    const first = simulator.start(claimOf('good', ENDLESS_MS), forget);
    first.stop();
    await expect(first.outcome).rejects.toThrow(SimulationStoppedError);
    const second = simulator.start(claimOf('good'), forget);
    await second.outcome;
    const third = simulator.start(claimOf('good', ENDLESS_MS), forget);
    first.stop();
    second.stop();
    const longerThanAForcedEnd = new Promise<string>((resolve) => setTimeout(() => resolve('runs'), 1500));
    expect(await Promise.race([third.outcome, longerThanAForcedEnd])).toBe('runs');
    third.stop();
    await expect(third.outcome).rejects.toThrow(SimulationStoppedError);
  });

  it.each([
    ['engine.throw', 'Error: the failpoint engine.throw'],
    ['engine.exit', 'its thread exited with code 3'],
    ['engine.out-of-memory', /reaching memory limit/],
    ['engine.endless-loop', 'it made no progress for 2 s, at 0 % with 0 operations'],
  ])('that meets %s fails its shard with the reason, and the next shard runs', async (point, reason) => {
    const simulator = threads({ failpoints: `${point}=${token}`, stallMs: 2000, heapMbMax: 64 });
    fs.writeFileSync(token, 'poison');
    const outcome = simulator.start(claimOf('poison'), forget).outcome;
    await expect(outcome).rejects.toThrow(SimulationFailedError);
    await expect(outcome).rejects.toThrow(reason);
    expect(fs.existsSync(token)).toBe(false);
    expect(await simulator.start(claimOf('poison'), forget).outcome).toEqual(inline(claimOf('poison')));
  });

  it('is not thought to be in an endless loop as long as its simulation goes on', async () => {
    const simulator = threads({ stallMs: 1000 });
    const running = simulator.start(claimOf('good', ENDLESS_MS), forget);
    const aWhile = new Promise<string>((resolve) => setTimeout(() => resolve('runs'), 3000));
    expect(await Promise.race([running.outcome, aWhile])).toBe('runs');
    running.stop();
    await expect(running.outcome).rejects.toThrow(SimulationStoppedError);
  });

  it('that does not listen when told to stop is ended, and counts as stopped', async () => {
    const simulator = threads({ failpoints: `engine.endless-loop=${token}` });
    fs.writeFileSync(token, '');
    const running = simulator.start(claimOf('good'), forget);
    running.stop();
    await expect(running.outcome).rejects.toThrow(SimulationStoppedError);
  });

  it.each([
    ['poison', 'fails'],
    ['poison#3', 'fails'],
    ['poison#4', 'runs'],
    ['poison#1', 'runs'],
    ['good', 'runs'],
  ])('with a token for "%s" %s with repetitions 2 and 3 of "poison"', async (text, end) => {
    const simulator = threads({ failpoints: `engine.throw=!${token}` });
    fs.writeFileSync(token, text);
    const outcome = simulator.start(claimOf('poison'), forget).outcome;
    expect(
      await outcome.then(
        () => 'runs',
        () => 'fails',
      ),
    ).toBe(end);
  });
});
