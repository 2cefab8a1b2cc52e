import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DurationColumns, Intervals, SERIES_INTERVALS, sumNsOf } from '../../src/model/interval-columns';

describe('the intervals of a duration', () => {
  it('are a hundred of equal length; what lies outside counts in the first or the last', () => {
    const intervals = new Intervals({ durationMs: 1_000 });
    expect([-5, 0, 9.9, 10.1, 555, 999.9, 1_000, 5_000].map((atMs) => intervals.of(atMs))).toEqual([
      0, 0, 0, 1, 55, 99, 99, 99,
    ]);
  });
});

describe('durations by interval', () => {
  it('are exact in count, sum and maximum, however large and however they were split', () => {
    const entries = fc.array(
      fc.record({
        interval: fc.nat({ max: SERIES_INTERVALS - 1 }),
        ns: fc.oneof(fc.nat({ max: 200 }), fc.maxSafeNat()),
        part: fc.boolean(),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(entries, (list) => {
        const whole = new DurationColumns();
        const parts = [new DurationColumns(), new DurationColumns()];
        for (const { interval, ns, part } of list) {
          whole.add(interval, ns);
          parts[part ? 1 : 0].add(interval, ns);
        }
        parts[0].addEncoded(parts[1].encode());
        expect(parts[0].encode()).toEqual(whole.encode());
        const { count, sumNsHigh, sumNsLow, maxNs } = whole.encode();
        for (let interval = 0; interval < SERIES_INTERVALS; interval += 1) {
          const values = list.filter((entry) => entry.interval === interval).map(({ ns }) => ns);
          const sum = BigInt(sumNsHigh[interval] ?? 0) * 2n ** 52n + BigInt(sumNsLow[interval] ?? 0);
          expect(count[interval] ?? 0).toBe(values.length);
          expect(sum).toBe(values.reduce((total, ns) => total + BigInt(ns), 0n));
          expect(maxNs[interval] ?? 0).toBe(Math.max(0, ...values));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('give the sum as a number', () => {
    const columns = new DurationColumns();
    columns.add(3, 2 ** 52 - 1);
    columns.add(3, 5);
    expect(sumNsOf(columns.encode(), 3)).toBe(2 ** 52 + 4);
    expect(sumNsOf(columns.encode(), 4)).toBe(0);
  });
});
