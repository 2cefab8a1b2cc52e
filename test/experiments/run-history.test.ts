import { describe, expect, it } from '@jest/globals';
import { exportHistory, historyState, type HistoryState } from '../../src/experiments/run-history';
import { HISTORIES_KEPT } from '../../src/experiments/run/history/histories-kept';
import type { RunRef } from '../../src/model/ids';
import { useDatabase } from '../support/open-test-database';
import { CRASH_RULE, historyOf, newExperiment, outcomeOf, shardIds } from '../support/sample-experiment';

const lab = useDatabase();
const FIRST_IS_LAST = { ...CRASH_RULE, crashesMax: 1 };

/** A shard of two runs, of which the second is one too many to be kept. */
async function submitted() {
  const shape = { repetitions: HISTORIES_KEPT + 1, runsPerShard: HISTORIES_KEPT + 1 };
  const experiment = await lab().submit(newExperiment(shape));
  const run = (repetition: number): RunRef => ({ experimentId: experiment.id, point: 0, repetition });
  return { run, shard: shardIds(experiment)[0] };
}

/** As it is told and as it is exported, which must be the same. */
async function stateOf(ref: RunRef): Promise<HistoryState | null> {
  const { experiments } = lab().database;
  const run = await experiments.findRun(ref);
  const exported = await exportHistory(experiments, ref);
  if (run === null) return exported;
  const state = await historyState(experiments, run);
  expect(exported).toMatchObject(state);
  return state;
}

describe('the history of a run', () => {
  it('is not finished until its shard has', async () => {
    const { run, shard } = await submitted();
    expect(await stateOf(run(0))).toMatchObject({ kind: 'NOT_FINISHED' });
    const claim = await lab().claim(shard);
    await lab().database.shards.keepHistory(claim, historyOf(claim, 0));
    expect(await stateOf(run(0))).toMatchObject({ kind: 'NOT_FINISHED' });
    await lab().database.shards.finish(claim, outcomeOf(claim));
    expect(await stateOf(run(0))).toEqual({ kind: 'KEPT', description: historyOf(claim, 0).description });
  });

  it('is not kept of later repetitions, and says how to get it', async () => {
    const { run, shard } = await submitted();
    const claim = await lab().claim(shard);
    await lab().database.shards.finish(claim, outcomeOf(claim));
    expect(await stateOf(run(HISTORIES_KEPT))).toEqual({
      kind: 'NOT_KEPT',
      reason: expect.stringContaining('npm run --silent history -- experiment.json --repetition 10'),
    });
  });

  it('is not kept of a run from before there were any', async () => {
    const { run, shard } = await submitted();
    const claim = await lab().claim(shard);
    await lab().database.shards.finish(claim, outcomeOf(claim));
    expect(await stateOf(run(0))).toMatchObject({ reason: 'The run is from before histories were kept.' });
  });

  it('is not kept of a run that failed', async () => {
    const experiment = await lab().submit(newExperiment());
    const claim = await lab().claim(shardIds(experiment)[0]);
    await lab().database.shards.crash(claim, 'it went wrong', FIRST_IS_LAST);
    const run = { experimentId: experiment.id, point: 0, repetition: 0 };
    expect(await stateOf(run)).toEqual({
      kind: 'NOT_KEPT',
      reason: 'The run did not succeed, so it has no history.',
    });
  });

  it('is none where there is no run', async () => {
    const { run } = await submitted();
    expect(await stateOf(run(HISTORIES_KEPT + 1))).toBeNull();
  });
});
