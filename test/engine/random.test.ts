import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { upperNormalQuantile } from '../../src/engine/deterministic-math/normal-quantile';
import { Random } from '../../src/engine/random';
import {
  bitsOf,
  deviationOfMean,
  kolmogorovSmirnov,
  KOLMOGOROV_AT_0_1_PERCENT,
  normalBelow,
} from './statistics';

const SAMPLES = 100_000;
const seeded = (): Random => new Random([0x2545f491, 0x4f6cdd1d, 0x1b873593, 7]);

function samplesOf(draw: (random: Random) => number, count = SAMPLES): number[] {
  const random = seeded();
  return Array.from({ length: count }, () => draw(random));
}

const laws: [string, (random: Random) => number, (value: number) => number][] = [
  ['uniform', (random) => random.uniform(), (value) => value],
  ['probability', (random) => random.probability(), (value) => value],
  ['exponential', (random) => random.exponential(), (value) => -Math.expm1(-value)],
  ['normal', (random) => random.normal(), normalBelow],
];

/** The powers of each law, and their means. */
const moments: [string, (random: Random) => number, readonly number[]][] = [
  ['uniform', (random) => random.uniform(), [1 / 2, 1 / 3, 1 / 4, 1 / 5]],
  ['exponential', (random) => random.exponential(), [1, 2, 6, 24]],
  ['normal', (random) => random.normal(), [0, 1, 0, 3]],
];

describe('Random', () => {
  it('gives the numbers of the reference implementation of xoshiro128**', () => {
    const random = new Random([1, 2, 3, 4]);
    const numbers = Array.from({ length: 10 }, () => random.integer() >>> 0);
    expect(numbers).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it.each(laws)('draws %s numbers by their law (Kolmogorov and Smirnov)', (_, draw, cumulative) => {
    expect(kolmogorovSmirnov(samplesOf(draw), cumulative)).toBeLessThan(KOLMOGOROV_AT_0_1_PERCENT);
  });

  it.each(moments)('draws %s numbers with the right first four moments', (_, draw, means) => {
    const samples = samplesOf(draw);
    means.forEach((mean, index) => {
      const powers = samples.map((sample) => sample ** (index + 1));
      expect(deviationOfMean(powers, mean)).toBeLessThan(4);
    });
  });

  it.each(laws)('draws a %s number that rises with the one word it takes', (_, draw) => {
    const raw = seeded();
    const drawing = seeded();
    const pairs = Array.from({ length: 10_000 }, () => ({
      word: raw.integer() >>> 0,
      sample: draw(drawing),
    }));
    pairs.sort((one, other) => one.word - other.word);
    expect(pairs.every(({ sample }, index) => index === 0 || sample >= pairs[index - 1].sample)).toBe(true);
  });

  it('draws uniform multiples of 2^−32 in [0, 1), and probabilities half a step above', () => {
    const samples = samplesOf((random) => random.uniform() * 2 ** 32, 10_000);
    expect(samples.every((sample) => Number.isInteger(sample) && sample >= 0 && sample < 2 ** 32)).toBe(true);
    expect(samplesOf((random) => random.probability() * 2 ** 32, 10_000)).toEqual(
      samples.map((sample) => sample + 0.5),
    );
  });

  it('draws normal numbers as the inversion of any probability does', () => {
    const normals = samplesOf((random) => random.normal(), 50_000);
    const inverted = samplesOf((random) => upperNormalQuantile(1 - random.probability()), 50_000);
    const error = normals.map((normal, index) => Math.abs(normal - inverted[index]) / Math.abs(normal));
    expect(Math.max(...error)).toBeLessThan(2e-15);
  });

  it.each([
    [
      'uniform',
      (random: Random) => random.uniform(),
      '3fb16f0ef6000000 3fe9af174f800000 3fdeea0cce000000 3fee7cb353400000 3fdacbbeb6c00000',
    ],
    [
      'exponential',
      (random: Random) => random.exponential(),
      '3fb20e4cbd15841d 3ff9f6574010936e 3fe51cec4d05cfa9 400869e99148687d 3fe15bdc817e259a',
    ],
    [
      'normal',
      (random: Random) => random.normal(),
      'bff7d763fa7f6d5d 3feb3ba17c67aa91 bfa5c76b4c47d04b 3ffabfdd111f78fe bfca45ddd9c47e0f',
    ],
  ])('draws the golden %s numbers, to the bit', (_, draw, golden) => {
    expect(samplesOf(draw, 5).map(bitsOf).join(' ')).toBe(golden);
  });

  it('draws every integer below a limit, and none beyond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer(), (limit, word) => {
        const random = new Random([word, 1, 2, 3]);
        const drawn = new Set(Array.from({ length: 1000 }, () => random.below(limit)));
        expect([...drawn].sort((one, other) => one - other)).toEqual(
          Array.from({ length: limit }, (_, n) => n),
        );
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it('stays below the greatest limit', () => {
    const drawn = samplesOf((random) => random.below(2 ** 31), 100_000);
    expect(drawn.every((number) => Number.isInteger(number) && number >= 0 && number < 2 ** 31)).toBe(true);
  });

  it.each([0, 0.001, 0.5, 1])('takes a chance of %p as often as it says', (probability) => {
    const taken = samplesOf((random) => Number(random.chance(probability))).reduce(
      (sum, one) => sum + one,
      0,
    );
    const error = Math.sqrt(SAMPLES * probability * (1 - probability));
    expect(Math.abs(taken - SAMPLES * probability)).toBeLessThanOrEqual(4 * error);
  });
});
