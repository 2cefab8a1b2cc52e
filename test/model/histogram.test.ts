import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { build } from 'hdr-histogram-js';
import { quantileNs } from '../../src/model/encoded-quantile';
import { EMPTY_HISTOGRAM, Histogram } from '../../src/model/histogram';
import { HIGHEST_NS } from '../../src/model/histogram-buckets';

/** Nanoseconds of every magnitude, with ties and both ends. */
const nanoseconds = fc.oneof(
  fc.nat({ max: 300 }),
  fc.nat({ max: 2_000_000_000 }),
  fc.maxSafeNat(),
  fc.constantFrom(0, 127, 128, 4_294_967_295, 4_294_967_296, HIGHEST_NS),
);
const samples = fc.array(nanoseconds, { minLength: 1, maxLength: 60 });
const tenThousandths = fc.nat({ max: 10_000 });

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.recordNs(value);
  return histogram;
}

/** The ⌈q·n⌉-th smallest sample, the first for q = 0; q in ten-thousandths, so that the rank is exact. */
function exactQuantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(1, Math.ceil((share * sorted.length) / 10_000)) - 1];
}

describe('a histogram', () => {
  it('is exact in count, min, max and sum', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const { count, minNs, maxNs, sumNs } = histogramOf(values);
        expect({ count, minNs, maxNs }).toEqual({
          count: values.length,
          minNs: Math.min(...values),
          maxNs: Math.max(...values),
        });
        expect(sumNs).toBe(values.reduce((sum, value) => sum + BigInt(value), 0n));
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives quantiles within 1 % of the sample at their rank, exact below 128 ns', () => {
    fc.assert(
      fc.property(samples, tenThousandths, (values, share) => {
        const exact = exactQuantile(values, share);
        const quantile = histogramOf(values).quantileNs(share / 10_000) ?? NaN;
        expect(Math.abs(quantile - exact)).toBeLessThanOrEqual(exact < 128 ? 0 : exact / 100);
      }),
      { numRuns: 2_000 },
    );
  });

  it('agrees with HdrHistogram on the percentiles of many samples', () => {
    const values = Array.from({ length: 20_000 }, (_, index) => 1_000 + ((index * 7_919) % 20_000) * 911);
    const oracle = build({ highestTrackableValue: 1e9, numberOfSignificantValueDigits: 3 });
    for (const value of values) oracle.recordValue(value);
    const histogram = histogramOf(values);
    for (const percent of [1, 25, 50, 90, 99, 99.9, 100]) {
      const expected = oracle.getValueAtPercentile(percent);
      const deviation = Math.abs((histogram.quantileNs(percent / 100) ?? NaN) - expected) / expected;
      expect(deviation).toBeLessThanOrEqual(0.01);
    }
  });

  it('gives the minimum for q = 0 and stays within the samples for q = 1', () => {
    const histogram = histogramOf([1_000, 1_001, 900_001]);
    expect(histogram.quantileNs(0)).toBe(1_000);
    expect(histogram.quantileNs(1)).toBeLessThanOrEqual(900_001);
    expect(histogramOf([777_777]).quantileNs(1)).toBe(777_777);
  });

  it('reads a share as the decimal it was written as: 7 % of 100 samples is the seventh', () => {
    expect(histogramOf(Array.from({ length: 100 }, (_, index) => index + 1)).quantileNs(0.07)).toBe(7);
  });

  it('has no quantile, mean, minimum or bucket while it is empty', () => {
    const empty = new Histogram();
    expect([empty.quantileNs(0.5), empty.meanNs, empty.minNs, empty.maxNs]).toEqual([null, null, null, null]);
    expect(empty.buckets(5)).toEqual([]);
    expect(empty.encode()).toEqual(EMPTY_HISTOGRAM);
  });

  it('has the mean of its samples', () => {
    expect(histogramOf([1, 2, 6]).meanNs).toBe(3);
  });

  it('rounds milliseconds to nanoseconds once', () => {
    const histogram = new Histogram();
    for (const ms of [0.0000004, 0.0000006, 1.5, 20_004.123456]) histogram.record(ms);
    expect(histogram.sumNs).toBe(0n + 1n + 1_500_000n + 20_004_123_456n);
  });

  it('takes float noise below zero as zero', () => {
    const histogram = new Histogram();
    histogram.record(-1e-7);
    expect(Object.is(histogram.minNs, 0)).toBe(true);
  });

  it.each([-0.001, NaN, Infinity, 1e10])('refuses %p ms, which is no duration', (ms) => {
    expect(() => new Histogram().record(ms)).toThrow('not a duration');
  });

  it.each([-1, 0.5, NaN, 2 ** 53])('refuses %p ns, which is no duration', (ns) => {
    expect(() => new Histogram().recordNs(ns)).toThrow('not a duration');
  });
});

describe('the encoding of a histogram', () => {
  it('is the same however the samples were split and merged', () => {
    fc.assert(
      fc.property(samples, samples, samples, (one, two, three) => {
        const whole = histogramOf([...one, ...two, ...three]).encode();
        const merged = histogramOf(three);
        merged.addEncoded(histogramOf(one).encode());
        merged.addEncoded(histogramOf(two).encode());
        expect(merged.encode()).toEqual(whole);
        const firstTwo = histogramOf(one);
        firstTwo.addEncoded(histogramOf(two).encode());
        const asTree = histogramOf(three);
        asTree.addEncoded(firstTwo.encode());
        expect(asTree.encode()).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('is read back as it was', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const encoded = histogramOf(values).encode();
        expect(Histogram.decode(encoded).encode()).toEqual(encoded);
      }),
    );
    expect(Histogram.decode(EMPTY_HISTOGRAM).encode()).toEqual(EMPTY_HISTOGRAM);
  });

  it('changes by nothing when an empty histogram is merged', () => {
    const histogram = histogramOf([5, 500]);
    const encoded = histogram.encode();
    histogram.addEncoded(EMPTY_HISTOGRAM);
    expect(histogram.encode()).toEqual(encoded);
    const empty = new Histogram();
    empty.addEncoded(encoded);
    expect(empty.encode()).toEqual(encoded);
  });

  it('is refused when it contradicts itself', () => {
    const encoded = histogramOf([5, 500]).encode();
    expect(() => Histogram.decode({ ...encoded, count: 3 })).toThrow('holds 2 samples');
    expect(() => Histogram.decode({ ...encoded, minNs: 6 })).toThrow('none of its buckets');
  });
});

describe('the buckets of a histogram, for a drawing', () => {
  it('are at most as many as asked for, adjoin, cover all samples and count every one', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 40 }), (values, atMost) => {
        const buckets = histogramOf(values).buckets(atMost);
        expect(buckets.length).toBeLessThanOrEqual(atMost);
        expect(buckets[0].fromNs).toBeLessThanOrEqual(Math.min(...values));
        expect(buckets[buckets.length - 1].toNs).toBeGreaterThan(Math.max(...values));
        expect(buckets.slice(1).map(({ fromNs }) => fromNs)).toEqual(
          buckets.slice(0, -1).map(({ toNs }) => toNs),
        );
        const counted = buckets.map(
          ({ fromNs, toNs }) => values.filter((value) => value >= fromNs && value < toNs).length,
        );
        expect(counted).toEqual(buckets.map(({ count }) => count));
      }),
      { numRuns: 2_000 },
    );
  });

  it('are of the same width on a logarithmic scale', () => {
    const buckets = histogramOf([1_048_576, 67_108_864]).buckets(6);
    const ratios = buckets.map(({ fromNs, toNs }) => toNs / fromNs);
    expect(Math.max(...ratios) / Math.min(...ratios)).toBeLessThan(1.2);
  });

  it('spend one bucket on samples under a microsecond, and none on the emptiness above them', () => {
    const buckets = histogramOf([0, 0, 3, 50_000_000, 60_000_000, 90_000_000]).buckets(10);
    expect(buckets[0]).toMatchObject({ fromNs: 0, count: 3 });
    expect(buckets[1].fromNs).toBeGreaterThan(49_000_000);
    expect(buckets).toHaveLength(10);
  });
});

describe('the quantile of an encoded histogram', () => {
  it('is that of the histogram', () => {
    const samples = fc.array(nanoseconds, { maxLength: 50 });
    fc.assert(
      fc.property(samples, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const histogram = new Histogram();
        for (const value of values) histogram.recordNs(value);
        expect(quantileNs(histogram.encode(), q)).toBe(histogram.quantileNs(q));
      }),
    );
  });
});
