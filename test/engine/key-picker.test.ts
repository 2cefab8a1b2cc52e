import { describe, expect, it } from '@jest/globals';
import type { KeySpec } from '../../src/model/spec/workload';
import { KeyPicker } from '../../src/engine/key-picker';
import { RandomStreams } from '../../src/engine/random-streams';

const DRAWS = 200_000;

function countsOf(keys: KeySpec): number[] {
  const random = new RandomStreams(5n).stream({ purpose: 'test', entity: 'keys' });
  const picker = KeyPicker.of(keys);
  const counts = new Array<number>(keys.count).fill(0);
  for (let draw = 0; draw < DRAWS; draw++) counts[picker.draw(random)]++;
  return counts;
}

/** Pearson's statistic over its degrees of freedom, in standard deviations from what chance gives. */
function chiSquareDeviation(counts: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const expected = weights.map((weight) => (weight / total) * DRAWS);
  const statistic = counts.reduce((sum, count, key) => sum + (count - expected[key]) ** 2 / expected[key], 0);
  const freedom = counts.length - 1;
  return (statistic - freedom) / Math.sqrt(2 * freedom);
}

const zipfian = (count: number, exponent: number): KeySpec => ({
  count,
  distribution: { zipfian: { exponent } },
});

describe('KeyPicker', () => {
  it.each([0, 0.5, 0.99, 1, 1.2])('draws a key in proportion to 1 / rank^%p', (exponent) => {
    const weights = Array.from({ length: 50 }, (_, rank) => 1 / (rank + 1) ** exponent);
    expect(Math.abs(chiSquareDeviation(countsOf(zipfian(50, exponent)), weights))).toBeLessThan(4);
  });

  it('draws almost only the first key with an exponent of 10', () => {
    const [first, second] = countsOf(zipfian(1_000_000, 10));
    expect(first + second).toBeGreaterThan(DRAWS - 20);
    expect(Math.abs(second - DRAWS / 1025)).toBeLessThan(4 * Math.sqrt(DRAWS / 1025));
  });

  it('draws all keys alike from the first one on', () => {
    const counts = countsOf({ count: 12, distribution: { uniform: { firstKey: 4 } } });
    expect(counts.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(Math.abs(chiSquareDeviation(counts.slice(4), [1, 1, 1, 1, 1, 1, 1, 1]))).toBeLessThan(4);
  });

  it('knows one key only', () => {
    expect(countsOf(zipfian(1, 0.99))).toEqual([DRAWS]);
  });

  it('draws as many numbers whatever the law, so that later draws stay what they were', () => {
    const streams = [0.5, 2].map((exponent) => {
      const random = new RandomStreams(5n).stream({ purpose: 'test', entity: 'keys' });
      const picker = KeyPicker.of(zipfian(100, exponent));
      for (let draw = 0; draw < 100; draw++) picker.draw(random);
      return random.integer();
    });
    expect(streams[0]).toBe(streams[1]);
  });

  it('refuses to draw where there is no key', () => {
    expect(() => KeyPicker.of({ count: 3, distribution: { uniform: { firstKey: 3 } } })).toThrow(
      'no key from 3',
    );
  });
});
