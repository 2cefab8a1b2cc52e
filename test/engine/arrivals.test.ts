import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_ARRIVALS } from '../../src/model/spec/defaults';
import type { ArrivalSpec } from '../../src/model/spec/workload';
import { Arrivals } from '../../src/engine/arrivals';
import type { Random } from '../../src/engine/random';
import { RandomStreams } from '../../src/engine/random-streams';
import { kolmogorovSmirnov, KOLMOGOROV_AT_0_1_PERCENT } from './statistics';

const streamOf = (seed = 9n): Random =>
  new RandomStreams(seed).stream({ purpose: 'test', entity: 'arrivals' });

interface Asked {
  readonly arrivals: ArrivalSpec;
  readonly ratePerSecond: number;
  readonly startMs?: number;
}

/** The times of the first arrivals. */
function timesOf(
  { arrivals, ratePerSecond, startMs = 0 }: Asked,
  count: number,
  random = streamOf(),
): number[] {
  const law = Arrivals.of({ arrivals, ratePerSecond }, startMs);
  let nowMs = startMs;
  return Array.from({ length: count }, () => (nowMs = law.nextMs(nowMs, random)));
}

const gapsOf = (times: readonly number[]): number[] =>
  times.map((time, index) => time - (times[index - 1] ?? 0));
const exponential = (value: number): number => (value < 0 ? 0 : 1 - Math.exp(-value));

const BURSTS = { periodMs: 1000, burstMs: 100, factor: 20 };
const DAY = { periodMs: 1000, peakToTrough: 5 };

/** The expected number of arrivals from 0, by formulas and sums that have nothing in common with the engine's. */
const expectedUntil: readonly (readonly [string, ArrivalSpec, (ms: number) => number])[] = [
  ['a steady rate', { poisson: { minimumGapMs: 0 } }, (ms) => 2 * ms],
  [
    'bursts',
    { bursts: BURSTS },
    (ms) => {
      const burstsMs = Math.floor(ms / 1000) * 100 + Math.min(100, ms % 1000);
      const restPerMs = 2 / (0.1 * 20 + 0.9);
      return restPerMs * (ms - burstsMs) + 20 * restPerMs * burstsMs;
    },
  ],
  [
    'a day',
    { diurnal: DAY },
    (ms) => {
      const [troughPerMs, peakPerMs] = [4 / 6, 20 / 6];
      const withinMs = ms % 1000;
      const rateAt = (phaseMs: number) =>
        troughPerMs + (peakPerMs - troughPerMs) * (1 - Math.abs(phaseMs - 500) / 500);
      const before = withinMs <= 500 ? 0 : 1000;
      const rising = (untilMs: number) => (untilMs * (rateAt(0) + rateAt(untilMs))) / 2;
      return (
        Math.floor(ms / 1000) * 2000 + (before === 0 ? rising(withinMs) : 2000 - rising(1000 - withinMs))
      );
    },
  ],
];

describe('Arrivals', () => {
  it.each(expectedUntil)(
    'of %s have independent exponential gaps on the clock of their expected number (Kolmogorov-Smirnov, 0.1 %%)',
    (_, arrivals, expected) => {
      const gaps = gapsOf(timesOf({ arrivals, ratePerSecond: 2000 }, 40_000).map(expected));
      expect(kolmogorovSmirnov(gaps, exponential)).toBeLessThan(KOLMOGOROV_AT_0_1_PERCENT);
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
      const products = gaps.slice(1).map((gap, index) => (gap - mean) * (gaps[index] - mean));
      const correlation = products.reduce((sum, product) => sum + product, 0) / gaps.length;
      expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(gaps.length));
    },
  );

  it.each(expectedUntil)(
    'of %s fill each tenth of a period as expected, within four standard errors',
    (_, arrivals, expected) => {
      const counts = new Array<number>(10).fill(0);
      const periods = 200;
      for (const time of timesOf({ arrivals, ratePerSecond: 2000 }, 2000 * periods * 1.1))
        if (time < 1000 * periods) counts[Math.floor((time % 1000) / 100)]++;
      for (const [tenth, count] of counts.entries()) {
        const mean = periods * (expected(100 * tenth + 100 - 1e-9) - expected(100 * tenth));
        expect(Math.abs(count - mean)).toBeLessThan(4 * Math.sqrt(mean));
      }
    },
  );

  it('of equal gaps come exactly at their multiples, a million later still', () => {
    const times = timesOf(
      { arrivals: { constant: { phase: 'ALIGNED' } }, ratePerSecond: 3000, startMs: -500 },
      1e6,
    );
    expect(times[0]).toBe(-500);
    expect(times.every((time, index) => time === -500 + index * (1000 / 3000))).toBe(true);
  });

  it('of equal gaps and a random phase first come uniformly within one gap', () => {
    const asked: Asked = { arrivals: { constant: { phase: 'RANDOM' } }, ratePerSecond: 100 };
    const phases = Array.from({ length: 5000 }, (_, seed) => {
      const [first, second] = timesOf(asked, 2, streamOf(BigInt(seed)));
      expect(second - first).toBeCloseTo(10, 10);
      return first;
    });
    expect(kolmogorovSmirnov(phases, (phase) => Math.min(1, Math.max(0, phase / 10)))).toBeLessThan(
      KOLMOGOROV_AT_0_1_PERCENT,
    );
  });

  it('of a least gap keep it and the rate, within four standard errors', () => {
    const gaps = gapsOf(timesOf({ arrivals: { poisson: { minimumGapMs: 8 } }, ratePerSecond: 100 }, 40_000));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(8 - 1e-9);
    expect(kolmogorovSmirnov(gaps, (gap) => exponential((gap - 8) / 2))).toBeLessThan(
      KOLMOGOROV_AT_0_1_PERCENT,
    );
    const meanMs = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(Math.abs(meanMs - 10)).toBeLessThan((4 * 2) / Math.sqrt(gaps.length));
  });

  it('of the default law are those of the exponential gaps that they always were, bit by bit', () => {
    const random = streamOf();
    let nowMs = -20;
    const expected = Array.from({ length: 100 }, () => (nowMs += random.exponential() * (1000 / 70)));
    expect(timesOf({ arrivals: DEFAULT_ARRIVALS, ratePerSecond: 70, startMs: -20 }, 100)).toEqual(expected);
  });

  it('cost one draw each, whatever the curve, so that later draws stay what they were', () => {
    const following = expectedUntil.map(([, arrivals]) => {
      const random = streamOf();
      timesOf({ arrivals, ratePerSecond: 2000 }, 500, random);
      return random.integer();
    });
    expect(new Set(following).size).toBe(1);
  });

  it('never go back, whatever the law, however far from the start', () => {
    const factor = fc.double({ min: 1, max: 1e6, noNaN: true });
    const periodMs = fc.double({ min: 0.001, max: 2_592_000_000, noNaN: true });
    const share = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
    const law: fc.Arbitrary<ArrivalSpec> = fc.oneof(
      fc.record({ bursts: fc.record({ periodMs, factor, burstMs: share }) }).map(({ bursts }) => ({
        bursts: { ...bursts, burstMs: bursts.burstMs * bursts.periodMs },
      })),
      fc.record({ diurnal: fc.record({ periodMs, peakToTrough: factor }) }),
    );
    const ratePerSecond = fc.double({ min: 5e-324, max: 1e9, noNaN: true });
    const startMs = fc.double({ min: -2_592_000_000, max: 2_592_000_000, noNaN: true });
    fc.assert(
      fc.property(law, ratePerSecond, startMs, (arrivals, rate, start) => {
        const times = [start, ...timesOf({ arrivals, ratePerSecond: rate, startMs: start }, 20)];
        for (const [index, time] of times.entries())
          if (index > 0) expect(time).toBeGreaterThanOrEqual(times[index - 1]);
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});
