import { describe, expect, it } from '@jest/globals';
import type { Distribution as DistributionSpec } from '../../src/model/spec/distribution';
import { Distribution } from '../../src/engine/distribution';
import { RandomStreams } from '../../src/engine/random-streams';

const SAMPLES = 100_000;

function samplesOf(spec: DistributionSpec): number[] {
  const random = new RandomStreams(3n).stream({ purpose: 'test', entity: 'distribution' });
  const distribution = Distribution.of(spec);
  return Array.from({ length: SAMPLES }, () => distribution.sample(random));
}

const laws: [DistributionSpec, { mean: number; deviation: number; median: number }][] = [
  [{ uniform: { minMs: 2, maxMs: 6 } }, { mean: 4, deviation: 4 / Math.sqrt(12), median: 4 }],
  [{ exponential: { meanMs: 3, offsetMs: 10 } }, { mean: 13, deviation: 3, median: 10 + 3 * Math.LN2 }],
  [
    { lognormal: { medianMs: 15, sigma: 0.5 } },
    {
      mean: 15 * Math.exp(0.125),
      deviation: 15 * Math.sqrt((Math.exp(0.25) - 1) * Math.exp(0.25)),
      median: 15,
    },
  ],
];

describe('Distribution', () => {
  it('gives a constant without exception', () => {
    expect(new Set(samplesOf({ constant: { ms: 0.25 } }))).toEqual(new Set([0.25]));
  });

  it.each(laws)('%j has its mean, within four standard errors', (spec, { mean, deviation }) => {
    const found = samplesOf(spec).reduce((sum, sample) => sum + sample, 0) / SAMPLES;
    expect(Math.abs(found - mean)).toBeLessThan((4 * deviation) / Math.sqrt(SAMPLES));
  });

  it.each(laws)('%j has its median, within four standard errors', (spec, { median }) => {
    const below = samplesOf(spec).filter((sample) => sample < median).length;
    expect(Math.abs(below / SAMPLES - 0.5)).toBeLessThan((4 * 0.5) / Math.sqrt(SAMPLES));
  });

  it.each(laws)('%j knows its own mean', (spec, { mean }) => {
    expect(Distribution.of(spec).meanMs).toBeCloseTo(mean, 12);
  });

  it('of sigma 0 is constant at its median', () => {
    expect(new Set(samplesOf({ lognormal: { medianMs: 15, sigma: 0 } }))).toEqual(new Set([15]));
  });

  it('is zero only if it is the constant 0', () => {
    expect(Distribution.of({ constant: { ms: 0 } }).isZero).toBe(true);
    expect(Distribution.of({ constant: { ms: 1 } }).isZero).toBe(false);
    expect(Distribution.of({ uniform: { minMs: 0, maxMs: 0 } }).isZero).toBe(false);
  });
});
