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

type Hotspot = Extract<KeySpec['distribution'], { readonly hotspot: unknown }>['hotspot'];

/** Weights of ten keys of which some are hot. */
function hot(keys: number, operationShare: number): readonly number[] {
  return Array.from({ length: 10 }, (_, key) =>
    key < keys ? operationShare / keys : (1 - operationShare) / (10 - keys),
  );
}

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
    const laws: readonly KeySpec['distribution'][] = [
      { zipfian: { exponent: 0.5 } },
      { zipfian: { exponent: 2 } },
      { uniform: { firstKey: 3 } },
      { hotspot: { hotKeyShare: 0.2, hotOperationShare: 0.8 } },
      { latest: { exponent: 0.99 } },
    ];
    const following = laws.map((distribution) => {
      const random = new RandomStreams(5n).stream({ purpose: 'test', entity: 'keys' });
      const picker = KeyPicker.of({ count: 100, distribution });
      for (let draw = 0; draw < 100; draw++) {
        picker.draw(random, draw);
        picker.drawForWrite(random, draw);
      }
      return random.integer();
    });
    expect(new Set(following).size).toBe(1);
  });

  it('is the same for the same specification, whose table is made once', () => {
    const keys = zipfian(10, 0.99);
    expect(KeyPicker.of(keys)).toBe(KeyPicker.of(keys));
    expect(KeyPicker.of({ ...keys })).not.toBe(KeyPicker.of(keys));
  });

  it.each<[string, Hotspot, readonly number[]]>([
    ['the hot keys alike, and the cold ones', { hotKeyShare: 0.3, hotOperationShare: 0.9 }, hot(3, 0.9)],
    ['hot keys less often than cold ones', { hotKeyShare: 0.5, hotOperationShare: 0.1 }, hot(5, 0.1)],
    ['one hot key at least', { hotKeyShare: 0, hotOperationShare: 0.5 }, hot(1, 0.5)],
    ['as many hot keys as the rounded share', { hotKeyShare: 0.26, hotOperationShare: 0.5 }, hot(3, 0.5)],
    ['all alike where all are hot', { hotKeyShare: 1, hotOperationShare: 0.3 }, hot(10, 1)],
  ])('draws %s, as YCSB does for its hotspot', (_, hotspot, weights) => {
    const counts = countsOf({ count: 10, distribution: { hotspot } });
    expect(Math.abs(chiSquareDeviation(counts, weights))).toBeLessThan(4);
  });

  it.each<[string, Hotspot, (key: number) => boolean]>([
    ['hot', { hotKeyShare: 0.3, hotOperationShare: 1 }, (key) => key < 3],
    ['cold', { hotKeyShare: 0.3, hotOperationShare: 0 }, (key) => key >= 3],
  ])('draws only %s keys if all operations go there', (_, hotspot, allowed) => {
    const counts = countsOf({ count: 10, distribution: { hotspot } });
    expect(counts.every((count, key) => count > 0 === allowed(key))).toBe(true);
  });

  describe('of the latest keys', () => {
    const latest = (count: number, exponent: number): KeySpec => ({
      count,
      distribution: { latest: { exponent } },
    });
    const readsAfter = (keys: KeySpec, written: number): number[] => {
      const random = new RandomStreams(5n).stream({ purpose: 'test', entity: 'keys' });
      const picker = KeyPicker.of(keys);
      const counts = new Array<number>(keys.count).fill(0);
      for (let draw = 0; draw < DRAWS; draw++) counts[picker.draw(random, written)]++;
      return counts;
    };

    it.each([0.5, 0.99, 1, 2])(
      'reads those written so far by their distance from the newest, 1 / r^%p',
      (exponent) => {
        const counts = readsAfter(latest(50, exponent), 20);
        expect(counts.slice(20)).toEqual(new Array(30).fill(0));
        const weights = Array.from({ length: 20 }, (_, rank) => 1 / (rank + 1) ** exponent);
        expect(Math.abs(chiSquareDeviation(counts.slice(0, 20).reverse(), weights))).toBeLessThan(4);
      },
    );

    it('reads the last so many once every key was written, the newest of them most', () => {
      const counts = readsAfter(latest(10, 0.99), 10 * 7 + 4);
      const newestFirst = Array.from({ length: 10 }, (_, distance) => counts[(13 - distance) % 10]);
      const weights = Array.from({ length: 10 }, (_, rank) => 1 / (rank + 1) ** 0.99);
      expect(Math.abs(chiSquareDeviation(newestFirst, weights))).toBeLessThan(4);
    });

    it('reads the only key written, and the first where none is', () => {
      expect(readsAfter(latest(5, 0.99), 1)).toEqual([DRAWS, 0, 0, 0, 0]);
      expect(readsAfter(latest(5, 0.99), 0)).toEqual([DRAWS, 0, 0, 0, 0]);
    });

    it('writes one key after the other, and the first again', () => {
      const random = new RandomStreams(5n).stream({ purpose: 'test', entity: 'keys' });
      const picker = KeyPicker.of(latest(3, 0.99));
      expect(picker.writesInsert).toBe(true);
      const keys = Array.from({ length: 7 }, (_, written) => picker.drawForWrite(random, written));
      expect(keys).toEqual([0, 1, 2, 0, 1, 2, 0]);
    });
  });

  it('writes the key it would have read under the laws that insert nothing', () => {
    for (const distribution of [
      { uniform: { firstKey: 2 } },
      { zipfian: { exponent: 0.99 } },
      { hotspot: { hotKeyShare: 0.2, hotOperationShare: 0.8 } },
    ]) {
      const picker = KeyPicker.of({ count: 20, distribution });
      const [one, other] = [5n, 5n].map((seed) =>
        new RandomStreams(seed).stream({ purpose: 'test', entity: 'keys' }),
      );
      for (let written = 0; written < 100; written++)
        expect(picker.drawForWrite(one, written)).toBe(picker.draw(other, written));
      expect(picker.writesInsert).toBe(false);
    }
  });

  it('refuses to draw where there is no key', () => {
    expect(() => KeyPicker.of({ count: 3, distribution: { uniform: { firstKey: 3 } } })).toThrow(
      'no key from 3',
    );
  });
});
