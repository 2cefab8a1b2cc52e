import { describe, expect, it } from '@jest/globals';
import type { Claim } from '../../../src/experiments/ports/records';
import type { ShardOutcome } from '../../../src/experiments/ports/stores';
import { decodeMeasurements } from '../../../src/experiments/result/encode-measurements';
import { runShard, type ShardControl } from '../../../src/experiments/run/run-shard';
import { RunScalars } from '../../../src/experiments/run/run-scalars';
import { startRun } from '../../../src/experiments/run/start-run';
import { mergeMeasurements } from '../../../src/model/merge-measurements';
import { SAMPLE_SPEC } from '../../support/sample-spec';

const RUNS = 12;

function claimOf(changes: Partial<Claim> = {}): Claim {
  const shard = {
    shardId: 'shd_1',
    experimentId: 'exp_1',
    point: 0,
    firstRepetition: 0,
    runCount: RUNS,
  } as const;
  return { ...shard, leaseEpoch: 1, seed: 42n, spec: SAMPLE_SPEC, ...changes };
}

function ended(claim: Claim, control: Partial<ShardControl> = {}): ShardOutcome {
  const undisturbed = { stopRequested: () => false, report: () => undefined, now: () => 0 };
  const outcome = runShard(claim, { ...undisturbed, ...control });
  if (outcome === null) throw new Error('nobody stopped it');
  return outcome;
}

describe('a shard', () => {
  it('gives the bytes of its runs, however they are split into shards', () => {
    const whole = ended(claimOf());
    for (const size of [1, 5]) {
      const parts = Array.from({ length: Math.ceil(RUNS / size) }, (_, part) =>
        ended(claimOf({ firstRepetition: part * size, runCount: Math.min(size, RUNS - part * size) })),
      );
      expect(parts.flatMap(({ runs }) => runs)).toEqual(whole.runs);
      const merged = parts
        .map(({ measurements }) => decodeMeasurements(measurements))
        .reduce(mergeMeasurements);
      expect(merged).toEqual(decodeMeasurements(whole.measurements));
    }
  });

  it('gives the same whatever its clock says, which decides how often it looks up', () => {
    const longer = { ...SAMPLE_SPEC, workload: { ...SAMPLE_SPEC.workload, durationMs: 60_000 } };
    const claim = claimOf({ spec: longer, runCount: 2 });
    let time = 0;
    const looks = { slow: 0, fast: 0 };
    const slow = ended(claim, { now: () => (time += 100), stopRequested: () => ++looks.slow < 0 });
    const fast = ended(claim, { stopRequested: () => ++looks.fast < 0 });
    expect(slow).toEqual(fast);
    expect(looks.fast).toBeLessThan(looks.slow);
  });

  it('stops at the first look after it was told to, in the middle of a run', () => {
    const endless = { ...SAMPLE_SPEC, workload: { ...SAMPLE_SPEC.workload, durationMs: 1e9 } };
    let looks = 0;
    const control = { stopRequested: () => ++looks === 5, report: () => undefined, now: () => 0 };
    expect(runShard(claimOf({ spec: endless }), control)).toBeNull();
    expect(looks).toBe(5);
  });

  it('looks up every 20 ms or so of real time, however many events that is', () => {
    const endless = { ...SAMPLE_SPEC, workload: { ...SAMPLE_SPEC.workload, durationMs: 1e9 } };
    const between: number[] = [];
    let last = performance.now();
    const stopRequested = (): boolean => {
      between.push(performance.now() - last);
      last = performance.now();
      return between.length === 60;
    };
    runShard(claimOf({ spec: endless }), {
      stopRequested,
      report: () => undefined,
      now: () => performance.now(),
    });
    const settled = between.slice(30).sort((one, other) => one - other);
    expect(settled[15]).toBeLessThan(100);
  });

  it('tells its progress over all its runs: a fraction that never falls and ends at 1', () => {
    const fractions: number[] = [];
    ended(claimOf(), { report: ({ fraction }) => fractions.push(fraction) });
    expect(fractions).toEqual([...fractions].sort((one, other) => one - other));
    expect(fractions.at(-1)).toBe(1);
    expect(fractions.length).toBeGreaterThanOrEqual(RUNS);
  });
});

describe('a run that has played its budget of events', () => {
  const spec = { ...SAMPLE_SPEC, eventBudget: 203 };

  function played() {
    const run = startRun({ spec, seed: 42n, repetition: 0 });
    while (!run.done) run.advance(77);
    return { ...run.finish(), operations: run.simulatedOperations };
  }

  it('ends with what it has, and says so in its summary, its measurements and its timeline', () => {
    const { measurements, summary } = played();
    expect(summary.truncated).toBe(true);
    expect(measurements.truncatedRuns).toBe(1);
    expect(measurements.cost.events).toBe(203);
    expect(measurements.timeline.at(-1)).toMatchObject({
      kind: 'TRUNCATED',
      message: 'Its budget of 203 events was used up: the run ended here',
    });
  });

  it('ends every operation: those under way are unknown, those that wait were never sent', () => {
    const { summary, operations } = played();
    expect(summary.operations.total).toBe(operations);
    expect(summary.operations.ok).toBeGreaterThan(0);
    expect(summary.operations.unknown + summary.operations.failed).toBeGreaterThan(0);
  });

  it('is the same run up to there, and the same however it is advanced', () => {
    const run = startRun({ spec, seed: 42n, repetition: 0 });
    run.advance(Infinity);
    expect(run.finish().resultHash).toBe(played().resultHash);
  });

  it('is told of in its shard, beside runs that were not', () => {
    const { runs, scalars, measurements } = ended(claimOf({ spec }));
    expect(runs.every(({ truncated }) => truncated)).toBe(true);
    expect(
      RunScalars.decode(scalars)
        .column('truncated')
        ?.every((flag) => flag === 1),
    ).toBe(true);
    expect(decodeMeasurements(measurements).truncatedRuns).toBe(RUNS);
    expect(ended(claimOf()).runs.some(({ truncated }) => truncated)).toBe(false);
  });
});
