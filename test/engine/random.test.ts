import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Random } from '../../src/engine/random';
import { RandomStreams, runSeed, splitmix64 } from '../../src/engine/random-streams';

const SAMPLES = 200_000;

function samplesOf(draw: (random: Random) => number): number[] {
  const random = new RandomStreams(7n).stream({ purpose: 'test', entity: 'samples' });
  return Array.from({ length: SAMPLES }, () => draw(random));
}

/** How many standard errors the mean of the samples is away from the true mean. */
function deviation(
  samples: readonly number[],
  { mean, variance }: { mean: number; variance: number },
): number {
  const found = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  return Math.abs(found - mean) / Math.sqrt(variance / samples.length);
}

describe('Random', () => {
  it('gives the numbers of the reference implementation of xoshiro128**', () => {
    const random = new Random([1, 2, 3, 4]);
    const numbers = Array.from({ length: 10 }, () => random.integer() >>> 0);
    expect(numbers).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('draws uniform numbers of mean 1/2 and variance 1/12 below 1', () => {
    const samples = samplesOf((random) => random.uniform());
    expect(deviation(samples, { mean: 1 / 2, variance: 1 / 12 })).toBeLessThan(4);
    const squares = samples.map((sample) => (sample - 1 / 2) ** 2);
    expect(deviation(squares, { mean: 1 / 12, variance: 1 / 180 })).toBeLessThan(4);
    expect(samples.every((sample) => sample >= 0 && sample < 1)).toBe(true);
  });

  it('draws exponential numbers of mean 1 and second moment 2', () => {
    const samples = samplesOf((random) => random.exponential());
    expect(deviation(samples, { mean: 1, variance: 1 })).toBeLessThan(4);
    const squares = samples.map((sample) => sample * sample);
    expect(deviation(squares, { mean: 2, variance: 20 })).toBeLessThan(4);
  });

  it('draws exponential numbers whose distribution is 1 − e^−x everywhere (Kolmogorov and Smirnov)', () => {
    const sorted = samplesOf((random) => random.exponential()).sort((one, other) => one - other);
    const gaps = sorted.map((sample, index) => Math.abs(1 - Math.exp(-sample) - (index + 0.5) / SAMPLES));
    const widest = gaps.reduce((one, other) => Math.max(one, other));
    expect(widest * Math.sqrt(SAMPLES)).toBeLessThan(1.63);
  });

  it('draws normal numbers of mean 0, variance 1 and fourth moment 3', () => {
    const samples = samplesOf((random) => random.normal());
    expect(deviation(samples, { mean: 0, variance: 1 })).toBeLessThan(4);
    const squares = samples.map((sample) => sample * sample);
    expect(deviation(squares, { mean: 1, variance: 2 })).toBeLessThan(4);
    const fourths = squares.map((square) => square * square);
    expect(deviation(fourths, { mean: 3, variance: 96 })).toBeLessThan(4);
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
});

describe('RandomStreams', () => {
  it('derives seeds by the reference implementation of splitmix64', () => {
    const golden = 0x9e37_79b9_7f4a_7c15n;
    const outputs = [0n, 1n, 2n].map((step) =>
      splitmix64((1234567n + step * golden) & 0xffff_ffff_ffff_ffffn),
    );
    expect(outputs).toEqual([6457827717110365317n, 3203168211198807973n, 9817491932198370423n]);
  });

  it.each([
    [0n, 0, 12035550249420947055n],
    [42n, 0, 6332618229526065668n],
    [42n, 1, 18036798128018490698n],
    [18_446_744_073_709_551_615n, 9, 14608854053047527653n],
  ])('gives experiment seed %p and repetition %p the golden run seed', (seed, repetition, golden) => {
    expect(runSeed(seed, repetition)).toBe(golden);
  });

  it('gives each repetition of each experiment another run seed', () => {
    const seeds = [0n, 1n, 2n, 42n].flatMap((seed) =>
      Array.from({ length: 100 }, (_, repetition) => runSeed(seed, repetition)),
    );
    expect(new Set(seeds).size).toBe(400);
  });

  it('gives the same name the same golden stream', () => {
    const stream = new RandomStreams(42n).stream({ purpose: 'arrivals', entity: 'client 0' });
    const numbers = Array.from({ length: 4 }, () => stream.integer() >>> 0);
    expect(numbers).toEqual([3349947185, 2316647099, 4051284704, 3785367848]);
  });

  it.each([
    ['purpose', { purpose: 'kinds', entity: 'client 0' }, 42n],
    ['entity', { purpose: 'arrivals', entity: 'client 1' }, 42n],
    ['run seed', { purpose: 'arrivals', entity: 'client 0' }, 43n],
  ])('gives another %s another stream, uncorrelated with the first', (_, name, seed) => {
    const first = new RandomStreams(42n).stream({ purpose: 'arrivals', entity: 'client 0' });
    const second = new RandomStreams(seed).stream(name);
    const products = Array.from({ length: 10_000 }, () => (first.uniform() - 0.5) * (second.uniform() - 0.5));
    expect(deviation(products, { mean: 0, variance: 1 / 144 })).toBeLessThan(4);
  });
});
