import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newIds } from '../../src/experiments/new-ids';
import { planShards } from '../../src/experiments/plan-shards';
import type { NewShard } from '../../src/experiments/ports/stores';
import { SAMPLE_SPEC } from '../support/sample-spec';

function planned(repetitions: number, secondsPerRun: number): readonly NewShard[] {
  const [point] = planShards({ spec: SAMPLE_SPEC, repetitions, secondsPerRun }, newIds);
  return point.shards;
}

const sizes = (shards: readonly NewShard[]): number[] => shards.map(({ runCount }) => runCount);

describe('the shards of an experiment', () => {
  it('hold every repetition once, in order, in sizes that differ by one at most', () => {
    const plan = fc.record({
      repetitions: fc.integer({ min: 1, max: 20_000 }),
      seconds: fc.double({ min: 1e-6, max: 1e4, noNaN: true }),
    });
    fc.assert(
      fc.property(plan, ({ repetitions, seconds }) => {
        const shards = planned(repetitions, seconds);
        let next = 0;
        const isInOrder = shards.every(({ firstRepetition, runCount }) => {
          const follows = firstRepetition === next;
          next += runCount;
          return follows;
        });
        expect(isInOrder).toBe(true);
        expect(next).toBe(repetitions);
        expect(Math.max(...sizes(shards)) - Math.min(...sizes(shards))).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });

  it('are worth about two seconds', () => {
    expect(sizes(planned(10_000, 0.01))).toEqual(Array.from({ length: 50 }, () => 200));
  });

  it('are four at least, so that a small experiment has work for several workers', () => {
    expect(sizes(planned(10, 0.001))).toEqual([2, 3, 2, 3]);
    expect(sizes(planned(3, 0.001))).toEqual([1, 1, 1]);
  });

  it('hold one run each when a run takes longer than a shard should', () => {
    expect(sizes(planned(20, 30))).toEqual(Array.from({ length: 20 }, () => 1));
  });

  it('hold a thousand runs at the most, however short they are', () => {
    expect(sizes(planned(100_000, 1e-6))).toEqual(Array.from({ length: 100 }, () => 1000));
  });

  it('of a hundred thousand long runs are planned in well under a second', () => {
    const began = performance.now();
    expect(planned(100_000, 10)).toHaveLength(100_000);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
