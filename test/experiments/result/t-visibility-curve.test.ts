import { describe, expect, it } from '@jest/globals';
import { tVisibilityCurve, tVisibilityMs } from '../../../src/experiments/result/t-visibility-curve';
import { wilsonInterval } from '../../../src/experiments/result/wilson-interval';
import { Histogram } from '../../../src/model/histogram';
import type { TVisibility } from '../../../src/model/measurements';

/** Of a probe: delay in ms, reads, misses. */
function probed(...points: readonly (readonly [number, number, number])[]): TVisibility {
  const delays = points.map(([ms, reads, missed]) => ({ afterNs: ms * 1_000_000, reads, missed }));
  return { reads: new Histogram().encode(), missed: new Histogram().encode(), delays };
}

/** Of a workload: for each ms the reads and the misses. */
function measured(...points: readonly (readonly [number, number, number])[]): TVisibility {
  const reads = new Histogram();
  const missed = new Histogram();
  for (const [ms, count, misses] of points)
    for (let read = 0; read < count; read += 1) {
      reads.record(ms);
      if (read < misses) missed.record(ms);
    }
  return { reads: reads.encode(), missed: missed.encode(), delays: [] };
}

describe('Wilson’s interval', () => {
  it.each([
    [8, 10, 0.4902, 0.9433],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [990, 1_000, 0.9817, 0.9946],
  ])('of %d in %d is %d … %d', (successes, trials, low, high) => {
    const interval = wilsonInterval({ successes, trials });
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
});

describe('the curve of t-visibility', () => {
  it('has a point for each delay of a probe, with its interval', () => {
    const [first, second] = tVisibilityCurve(probed([0, 10, 2], [5, 4, 0]), 1);
    expect(first).toMatchObject({ afterMs: 0, fromMs: 0, toMs: 0, reads: 10, probability: 0.8 });
    expect(first.low).toBeCloseTo(0.4902, 4);
    expect(second).toMatchObject({ afterMs: 5, reads: 4, probability: 1, high: 1 });
  });

  it('joins the reads of a workload in stretches, and leaves none out', () => {
    const curve = tVisibilityCurve(measured([0.5, 8, 6], [2, 10, 2], [40, 5, 0]), 20);
    expect(curve.map(({ reads, probability }) => [reads, probability])).toEqual([
      [8, 0.25],
      [10, 0.8],
      [5, 1],
    ]);
    for (const { fromMs, afterMs, toMs } of curve) {
      expect(fromMs).toBeLessThan(afterMs);
      expect(afterMs).toBeLessThan(toMs);
    }
    expect(tVisibilityCurve(measured([0.5, 8, 6], [40, 5, 0]), 1)).toMatchObject([{ reads: 13 }]);
  });
});

describe('the t of a probability', () => {
  const curve = probed([0, 1_000, 500], [1, 1_000, 100], [2, 1_000, 10], [4, 1_000, 1]);

  it('interpolates the logarithm of what is missed between the points around it', () => {
    expect(tVisibilityMs(curve, 1 - Math.sqrt(0.1 * 0.01))).toBeCloseTo(1.5, 9);
    expect(tVisibilityMs(curve, 1 - 0.01 ** 0.75 * 0.001 ** 0.25)).toBeCloseTo(2.5, 9);
  });

  it.each([
    [0.5, 0],
    [0.9, 1],
    [0.99, 2],
    [0.999, 4],
  ])('of %d, which was measured, is %d ms', (probability, ms) => {
    expect(tVisibilityMs(curve, probability)).toBeCloseTo(ms, 9);
  });

  it('is not known outside of the delays', () => {
    expect(tVisibilityMs(curve, 0.4)).toBe('BEFORE_FIRST_DELAY');
    expect(tVisibilityMs(curve, 0.9999)).toBe('BEYOND_LAST_DELAY');
    expect(tVisibilityMs(probed(), 0.5)).toBe('NO_READS_AFTER_WRITES');
  });

  it('takes half a read to have missed where all saw the write, and goes no further than that point', () => {
    const certain = probed([0, 100, 50], [10, 100, 0]);
    expect(tVisibilityMs(certain, 1 - Math.sqrt(0.5 * 0.005))).toBeCloseTo(5, 9);
    expect(tVisibilityMs(certain, 0.9999)).toBe(10);
  });

  it('is not misled by a point that stands out by chance', () => {
    const noisy = probed([0, 1, 0], [1, 999, 500], [2, 1_000, 0]);
    const found = tVisibilityMs(noisy, 0.9);
    expect(found).toBeGreaterThan(1);
    expect(found).toBeLessThan(2);
  });
});
