import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  COST_DECAY,
  equationOf,
  estimate,
  predictedSeconds,
  runLoadOf,
  type RunCostSums,
  type ShardCost,
} from '../../src/experiments/run-cost';
import { SAMPLE_SPEC } from '../support/sample-spec';

const LOAD = { protocol: 'singleLeader', nodes: 3, operations: 1000 };
const NOTHING = { runsRuns: 0, runsOperations: 0, operationsOperations: 0, runs: 0, operations: 0 };

function learned(shards: readonly ShardCost[]): RunCostSums {
  return shards.map(equationOf).reduce<RunCostSums>(
    (sums, added) => ({
      runsRuns: sums.runsRuns * COST_DECAY + added.runsRuns,
      runsOperations: sums.runsOperations * COST_DECAY + added.runsOperations,
      operationsOperations: sums.operationsOperations * COST_DECAY + added.operationsOperations,
      runs: sums.runs * COST_DECAY + added.runs,
      operations: sums.operations * COST_DECAY + added.operations,
    }),
    NOTHING,
  );
}

/** A machine on which a run costs 4 ms and an operation 20 µs. */
function shardOf(runs: number, operations: number, factor = 1): ShardCost {
  const seconds = runs * (0.004 + operations * 20e-6) * factor;
  return { ...LOAD, operations, runs, seconds };
}

describe('the cost of a run', () => {
  it('is guessed before anything is known', () => {
    expect(predictedSeconds(LOAD, [])).toBeCloseTo(0.009, 6);
  });

  it('is predicted within a tenth after one shard like it', () => {
    const known = { ...LOAD, ...learned([shardOf(80, 1000)]) };
    expect(predictedSeconds(LOAD, [known]) / 0.024).toBeCloseTo(1, 1);
  });

  it('is told apart into what a run costs and what its operations cost, by shards that differ', () => {
    const shards = Array.from({ length: 40 }, (_, shard) => shardOf(10, 10 ** (1 + (shard % 5))));
    const { secondsPerRun, secondsPerOperation } = estimate(learned(shards));
    expect(secondsPerRun / 0.004).toBeCloseTo(1, 1);
    expect(secondsPerOperation / 20e-6).toBeCloseTo(1, 1);
  });

  it('follows a machine that has become three times as slow', () => {
    const shards = Array.from({ length: 300 }, (_, shard) => shardOf(80, 1000, shard < 100 ? 1 : 3));
    const known = { ...LOAD, ...learned(shards) };
    expect(predictedSeconds(LOAD, [known]) / 0.072).toBeCloseTo(1, 1);
  });

  it('is hardly moved by a shard whose worker slept for an hour', () => {
    const shards = Array.from({ length: 20 }, () => shardOf(80, 1000));
    const slept = { ...LOAD, operations: 1000, runs: 80, seconds: 3600 };
    const known = { ...LOAD, ...learned([...shards, slept]) };
    expect(predictedSeconds(LOAD, [known]) / 0.024).toBeCloseTo(1, 1);
  });

  it('is believed from the nearest number of nodes', () => {
    const fast = { ...LOAD, nodes: 3, ...learned([shardOf(80, 1000)]) };
    const slow = { ...LOAD, nodes: 9, ...learned([shardOf(80, 1000, 10)]) };
    const predicted = (nodes: number): number => predictedSeconds({ ...LOAD, nodes }, [fast, slow]);
    expect(predicted(5)).toBe(predicted(3));
    expect(predicted(8)).toBe(predicted(9));
    expect(predicted(9)).toBeGreaterThan(5 * predicted(3));
  });

  it('is positive and finite whatever was measured', () => {
    const shard = fc.record({
      protocol: fc.constant('singleLeader'),
      nodes: fc.constant(3),
      operations: fc.double({ min: 0, max: 1e7, noNaN: true }),
      runs: fc.integer({ min: 1, max: 1000 }),
      seconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(shard, { maxLength: 20 }), (shards) => {
        const seconds = predictedSeconds(LOAD, [{ ...LOAD, ...learned(shards) }]);
        expect(seconds).toBeGreaterThan(0);
        expect(seconds).toBeLessThan(Infinity);
      }),
    );
  });

  it('depends on what the specification says of protocol, nodes and operations', () => {
    expect(runLoadOf(SAMPLE_SPEC)).toEqual({ protocol: 'singleLeader', nodes: 2, operations: 100 });
  });
});
