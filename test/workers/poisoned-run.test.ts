import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { ENGINE_VERSION } from '../../src/engine/engine-version';
import { executeShard } from '../../src/experiments/execute-shard';
import { newIds } from '../../src/experiments/new-ids';
import { NO_FAILPOINT } from '../../src/experiments/ports/failpoint';
import type { ExperimentEvent, RunRecord } from '../../src/experiments/ports/records';
import type { NewExperiment } from '../../src/experiments/ports/stores';
import { ThreadSimulator } from '../../workers/thread-simulator';
import { useDatabase } from '../support/open-test-database';
import { newExperiment } from '../support/sample-experiment';

const threadFile = path.join(__dirname, '..', '..', 'dist', 'workers', 'engine-thread.js');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lab-poison-'));
const token = path.join(folder, 'token');
const NOBODY = { info: () => undefined, warn: () => undefined };
const RUNS = 40;
const RUNS_PER_SHARD = 20;
const POISONED = 27;

function runsToldOf(events: readonly ExperimentEvent[], kind: ExperimentEvent['kind']): number {
  return events.reduce((sum, event) => sum + (event.kind === kind ? (event.runCount ?? 0) : 0), 0);
}

describe('a run that always kills its simulation', () => {
  const opened = useDatabase();
  const simulators: ThreadSimulator[] = [];

  afterEach(async () => {
    fs.rmSync(token, { force: true });
    await Promise.all(simulators.splice(0).map((simulator) => simulator.close()));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  /** One worker that takes what waits until nothing does. */
  async function workOff(failpoints: string): Promise<void> {
    const { shards } = opened().database;
    const simulator = new ThreadSimulator({ threadFile, failpoints, stallMs: 2000, heapMbMax: 64 });
    simulators.push(simulator);
    const common = { shards, simulator, ids: newIds, failpoint: NO_FAILPOINT, report: NOBODY };
    const ports = { ...common, owner: 'tested', leaseMs: 60_000, renewMs: 100 };
    for (;;) {
      const waiting = await shards.takeWaiting({ notCheckedForMs: 0, limit: 10 });
      if (waiting.length === 0) return;
      for (const { shardId } of waiting) await executeShard(ports, shardId, new AbortController().signal);
    }
  }

  async function submitted(): Promise<NewExperiment> {
    const shape = newExperiment({ repetitions: RUNS, runsPerShard: RUNS_PER_SHARD });
    return opened().submit({ ...shape, engineVersion: ENGINE_VERSION, seed: 7n });
  }

  async function runsOf({ id }: NewExperiment): Promise<readonly RunRecord[]> {
    const request = { direction: 'FORWARD', limit: RUNS, after: null } as const;
    return (await opened().database.experiments.runs(id, request)).items;
  }

  it.each([
    ['engine.throw', 'Error: the failpoint engine.throw'],
    ['engine.exit', 'its thread exited with code 3'],
    ['engine.out-of-memory', 'memory limit'],
    ['engine.endless-loop', 'it made no progress for 2 s'],
  ])(
    'by %s fails alone after three tries with the reason; the others have the results of always',
    async (point, reason) => {
      const undisturbed = await submitted();
      await workOff('');
      const experiment = await submitted();
      fs.writeFileSync(token, `pair#${POISONED}`);
      await workOff(`${point}=!${token}`);
      const [expected, runs] = [await runsOf(undisturbed), await runsOf(experiment)];
      expect(runs[POISONED]).toMatchObject({ status: 'FAILED', summary: null });
      expect(runs[POISONED]?.failureReason).toMatch(/^POISONED: it crashed 3 times; the last time, /);
      expect(runs[POISONED]?.failureReason).toContain(reason);
      const others = (all: readonly RunRecord[]) =>
        all.filter((_, run) => run !== POISONED).map(({ summary }) => summary);
      expect(others(runs)).toEqual(others(expected));
      const events = await opened().eventsOf(experiment);
      expect(events.at(-1)?.kind).toBe('FAILED');
      expect(runsToldOf(events, 'RUN_SUCCEEDED')).toBe(RUNS - 1);
      // Twenty runs are halved to 10, 5, 3 and 1; then the poisoned one dies three times, the last as FAILED.
      const crashed = events.filter(({ kind }) => kind === 'RUN_CRASHED').map(({ runCount }) => runCount);
      expect(crashed).toEqual([20, 10, 5, 3, 1, 1]);
      expect(runsToldOf(events, 'RUN_FAILED')).toBe(1);
    },
    60_000,
  );
});
