import { describe, expect, it } from '@jest/globals';
import type { RunHistory } from '../../../../src/experiments/ports/records';
import { recordRun } from '../../../../src/experiments/run/history/record-run';
import { runShard } from '../../../../src/experiments/run/run-shard';
import { SAMPLE_SPEC } from '../../../support/sample-spec';

const UNDISTURBED = { stopRequested: () => false, report: () => undefined, now: () => 0 };
const CLAIM = {
  shardId: 'shd_1',
  experimentId: 'exp_1',
  point: 0,
  firstRepetition: 8,
  runCount: 4,
  leaseEpoch: 1,
  seed: 42n,
  spec: SAMPLE_SPEC,
} as const;

describe('a run that is recorded', () => {
  it('gives the bytes that it gives unrecorded', () => {
    const recorded = runShard(CLAIM, { ...UNDISTURBED, keepHistory: () => undefined });
    expect(recorded).toEqual(runShard(CLAIM, UNDISTURBED));
  });

  it('is one of the first repetitions of its point, and can be played again alone', () => {
    const kept: RunHistory[] = [];
    runShard(CLAIM, { ...UNDISTURBED, keepHistory: (history) => kept.push(history) });
    expect(kept).toEqual(
      [8, 9].map((repetition) => ({
        repetition,
        ...recordRun({ spec: SAMPLE_SPEC, seed: CLAIM.seed, repetition }),
      })),
    );
  });

  it('has a history of every operation, whole', () => {
    const { description } = recordRun({ spec: SAMPLE_SPEC, seed: 42n, repetition: 0 });
    expect(description).toMatchObject({ recording: 'WHOLE', operations: description.operationsOfRun });
    expect(description.operations).toBeGreaterThan(20);
  });
});
