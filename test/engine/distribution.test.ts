import { describe, expect, it } from '@jest/globals';
import { Distribution } from '../../src/engine/distribution';
import { Random } from '../../src/engine/random';
import type { Distribution as Law, MixtureComponent } from '../../src/model/spec/distribution';
import {
  bitsOf,
  chiSquareDeviation,
  deviationOfMean,
  kolmogorovSmirnov,
  KOLMOGOROV_AT_0_1_PERCENT,
  normalBelow,
} from './statistics';

const SAMPLES = 100_000;
const seeded = (): Random => new Random([0x2545f491, 0x4f6cdd1d, 0x1b873593, 11]);

const drawn = new Map<Law, readonly number[]>();

/** The first samples of the law, drawn once. */
function samplesOf(law: Law): readonly number[] {
  const samples = drawn.get(law) ?? draw(law, SAMPLES);
  drawn.set(law, samples);
  return samples;
}

function draw(law: Law, count: number): readonly number[] {
  const random = seeded();
  const distribution = Distribution.of(law);
  return Array.from({ length: count }, () => distribution.sample(random));
}

const uniform = (minMs: number, maxMs: number): Law => ({ uniform: { minMs, maxMs } });
const normal = (meanMs: number, standardDeviationMs: number): Law => ({
  normal: { meanMs, standardDeviationMs },
});
const exponential = (meanMs: number, offsetMs = 0): Law => ({ exponential: { meanMs, offsetMs } });
const lognormal = (medianMs: number, sigma: number): Law => ({ lognormal: { medianMs, sigma } });
const pareto = (scaleMs: number, shape: number): Law => ({ pareto: { scaleMs, shape } });
const weibull = (scaleMs: number, shape: number): Law => ({ weibull: { scaleMs, shape } });
const mixture = (...components: [number, Law][]): Law => ({
  mixture: {
    components: components.map(([weight, distribution]): MixtureComponent => ({ weight, distribution })),
  },
});
const quantiles = (...points: [number, number][]): Law => ({
  empirical: { quantiles: points.map(([q, ms]) => ({ q, ms })) },
});
const samples = (...samplesMs: number[]): Law => ({ empirical: { samplesMs } });

type Cumulative = (ms: number) => number;
const truncated = (mean: number, deviation: number): Cumulative => {
  const lost = normalBelow(-mean / deviation);
  return (ms) => (normalBelow((ms - mean) / deviation) - lost) / (1 - lost);
};
const paretoBelow =
  (scale: number, shape: number): Cumulative =>
  (ms) =>
    ms < scale ? 0 : 1 - (scale / ms) ** shape;
const exponentialBelow =
  (mean: number): Cumulative =>
  (ms) =>
    -Math.expm1(-ms / mean);

/** LNKD-DISK, writes: Bailis et al. 2012. */
const disk = mixture([0.38, pareto(1.05, 1.51)], [0.62, exponential(1 / 0.183)]);
const diskBelow: Cumulative = (ms) =>
  0.38 * paretoBelow(1.05, 1.51)(ms) + 0.62 * exponentialBelow(1 / 0.183)(ms);

/** A law, its probability below, its mean, and its second moment if there is one. */
const continuous: [Law, Cumulative, number, number][] = [
  [uniform(2, 6), (ms) => (ms - 2) / 4, 4, 16 + 16 / 12],
  [exponential(3, 10), (ms) => exponentialBelow(3)(ms - 10), 13, 178],
  [normal(20, 2), (ms) => normalBelow((ms - 20) / 2), 20, 404],
  [normal(2, 2), truncated(2, 2), 2.5751999418783567, 9.150399883756714],
  [normal(0, 3), truncated(0, 3), 3 * Math.sqrt(2 / Math.PI), 9],
  [
    lognormal(15, 0.5),
    (ms) => normalBelow(Math.log(ms / 15) / 0.5),
    15 * Math.exp(0.125),
    225 * Math.exp(0.5),
  ],
  [pareto(0.235, 10), paretoBelow(0.235, 10), 2.35 / 9, (0.235 ** 2 * 10) / 8],
  [pareto(1.05, 1.51), paretoBelow(1.05, 1.51), (1.05 * 1.51) / 0.51, Infinity],
  [weibull(2, 0.5), (ms) => -Math.expm1(-Math.sqrt(ms / 2)), 4, 96],
  [weibull(2, 1), exponentialBelow(2), 2, 8],
  [weibull(2, 3), (ms) => -Math.expm1(-((ms / 2) ** 3)), 2 * 0.8929795115692492, 4 * 0.9027452929509336],
  [disk, diskBelow, 0.38 * ((1.05 * 1.51) / 0.51) + 0.62 / 0.183, Infinity],
  [
    mixture([3, uniform(0, 1)], [1, mixture([1, uniform(1, 2)], [3, exponential(1, 2)])]),
    (ms) =>
      0.75 * Math.min(1, ms) +
      0.0625 * Math.min(1, Math.max(0, ms - 1)) +
      0.1875 * exponentialBelow(1)(Math.max(0, ms - 2)),
    0.375 + 0.0625 * 1.5 + 0.1875 * 3,
    0.25 + (0.0625 * 7) / 3 + 0.1875 * 10,
  ],
  [
    quantiles([0, 1], [0.5, 2], [0.9, 4], [1, 14]),
    (ms) => (ms < 2 ? (ms - 1) / 2 : ms < 4 ? 0.5 + (ms - 2) / 5 : 0.9 + (ms - 4) / 100),
    0.75 + 1.2 + 0.9,
    (0.5 * 7) / 3 + (0.4 * 28) / 3 + (0.1 * (16 + 56 + 196)) / 3,
  ],
];
/** Their variance is infinite: the mean of the samples has no standard error. */
const calm = continuous.filter(([, , , second]) => second < Infinity);
const laws = continuous.map(([law]): [Law] => [law]);

/** The first three samples of this version of the engine: other bits are another version. */
const golden: [Law, string][] = [
  [uniform(2, 6), '40022de1dec00000 4014d78ba7c00000 400f7511a7000000'],
  [exponential(3, 10), '40246c55cc6e8119 402dbc60b8063749 4027f5706301818b'],
  [normal(20, 2), '4031051380b01254 4035b3ba17c67aa9 4033ea3a584da998'],
  [normal(2, 2), '3fdb6658579e53ac 400f847cbdac73a6 40029ef56d4f7798'],
  [lognormal(15, 0.5), '401c7b9b59109b57 4036f4a681843146 402d5e6ed9fe0413'],
  [pareto(1.05, 1.51), '3ff19a73aeeba064 40089a1e9546dc53 3ffa01880721516a'],
  [weibull(2, 0.5), '3f846039712b5bee 40151050b280ca11 3febdc5a018f76cb'],
  [disk, '40089a1e9546dc53 402f1250148ec15c 3fe735b4188dea77'],
  [quantiles([0, 1], [0.5, 2], [0.9, 4], [1, 14]), '3ff22de1ded00000 400c1add23740000 3fff7511a7100000'],
  [samples(5, 1, 1, 9), '3ff0000000000000 4022000000000000 3ff0000000000000'],
];

describe('Distribution', () => {
  it.each(continuous)('%j follows its law (Kolmogorov and Smirnov)', (law, cumulative) => {
    expect(kolmogorovSmirnov(samplesOf(law), cumulative)).toBeLessThan(KOLMOGOROV_AT_0_1_PERCENT);
  });

  it.each(calm)(
    '%j has its mean and its second moment, within four standard errors',
    (law, _, mean, second) => {
      const drawn = samplesOf(law);
      expect(deviationOfMean(drawn, mean)).toBeLessThan(4);
      expect(
        deviationOfMean(
          drawn.map((sample) => sample ** 2),
          second,
        ),
      ).toBeLessThan(4);
    },
  );

  it.each(continuous)('%j knows its own mean', (law, _, mean) => {
    expect(Math.abs(Distribution.of(law).meanMs / mean - 1)).toBeLessThan(1e-10);
  });

  it.each([
    [pareto(2, 1), Infinity],
    [pareto(2, 0.5), Infinity],
    [pareto(0, 0.5), 0],
    [mixture([1, pareto(1, 1)], [1e9, { constant: { ms: 0 } }]), Infinity],
    [quantiles([0.25, 4], [0.5, 8]), 1 + 1.5 + 4],
    [samples(3, 1, 5, 1), 2.5],
    [normal(7, 0), 7],
    [normal(0, 0), 0],
  ])('%j has a mean of %p', (law, mean) => {
    expect(Distribution.of(law).meanMs).toBe(mean);
  });

  it.each([
    ['a constant', { constant: { ms: 0.25 } }, 0.25],
    ['a lognormal law of sigma 0', lognormal(15, 0), 15],
    ['a normal law without deviation', normal(7, 0), 7],
    ['an exponential law of mean 0', exponential(0, 3), 3],
    ['a Pareto law of scale 0', pareto(0, 0.1), 0],
    ['a Weibull law of scale 0', weibull(0, 0.1), 0],
    ['one sample', samples(4), 4],
  ] satisfies [string, Law, number][])('gives of %s always the same', (_, law, ms) => {
    expect(new Set(draw(law, 1000))).toEqual(new Set([ms]));
  });

  it('draws each sample that was measured equally often, equal ones as often as there are', () => {
    const drawn = samplesOf(samples(5, 1, 1, 9));
    const counts = [1, 5, 9].map((ms) => drawn.filter((sample) => sample === ms).length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(SAMPLES);
    expect(chiSquareDeviation(counts, [SAMPLES / 2, SAMPLES / 4, SAMPLES / 4])).toBeLessThan(4);
  });

  it('draws the components of a mixture by their weights, those of a nested one by their share of its own', () => {
    const constant = (ms: number): Law => ({ constant: { ms } });
    const inner = mixture([10, constant(2)], [30, constant(3)]);
    const drawn = samplesOf(mixture([5, constant(1)], [4, inner], [1, constant(4)]));
    const counts = [1, 2, 3, 4].map((ms) => drawn.filter((sample) => sample === ms).length);
    const expected = [0.5, 0.1, 0.3, 0.1].map((share) => share * SAMPLES);
    expect(chiSquareDeviation(counts, expected)).toBeLessThan(4);
  });

  it('gives the first and the last quantile where nothing is said beyond', () => {
    const drawn = samplesOf(quantiles([0.25, 4], [0.5, 8]));
    const counts = [4, 8].map((ms) => drawn.filter((sample) => sample === ms).length);
    const between = drawn.filter((sample) => sample > 4 && sample < 8);
    expect(
      chiSquareDeviation(
        [...counts, between.length],
        [0.25, 0.5, 0.25].map((share) => share * SAMPLES),
      ),
    ).toBeLessThan(4);
    expect(kolmogorovSmirnov(between, (ms) => (ms - 4) / 4)).toBeLessThan(KOLMOGOROV_AT_0_1_PERCENT);
  });

  it.each([
    [pareto(3_600_000, 0.1)],
    [weibull(3_600_000, 0.1)],
    [lognormal(3_600_000, 10)],
    [normal(1e-9, 3_600_000)],
  ])('gives of %j, at the edge of what is allowed, finite durations from 0 on', (law) => {
    const drawn = samplesOf(law);
    expect(drawn.every((sample) => sample >= 0 && sample < Infinity)).toBe(true);
  });

  it.each(laws)('%j draws as many numbers whatever comes, so that later draws stay what they were', (law) => {
    const draws = 'mixture' in law ? 2 : 1;
    const sampling = seeded();
    const counting = seeded();
    for (let sample = 0; sample < 1000; sample++) {
      Distribution.of(law).sample(sampling);
      for (let draw = 0; draw < draws; draw++) counting.integer();
    }
    expect(sampling.integer()).toBe(counting.integer());
  });

  it('draws two numbers of a mixture also where a component is constant', () => {
    const states = [0.1, 0.9].map((weight) => {
      const random = seeded();
      const law = mixture([weight, { constant: { ms: 1 } }], [1 - weight, exponential(1)]);
      for (let sample = 0; sample < 1000; sample++) Distribution.of(law).sample(random);
      return random.integer();
    });
    expect(states[0]).toBe(states[1]);
  });

  it('builds one distribution of one object, however often it is asked', () => {
    const law = samples(1, 2, 3);
    expect(Distribution.of(law)).toBe(Distribution.of(law));
    expect(Distribution.of(samples(1, 2, 3))).not.toBe(Distribution.of(law));
  });

  it('is zero only if it is the constant 0', () => {
    expect(Distribution.of({ constant: { ms: 0 } }).isZero).toBe(true);
    expect(Distribution.of({ constant: { ms: 1 } }).isZero).toBe(false);
    expect(Distribution.of(uniform(0, 0)).isZero).toBe(false);
    expect(Distribution.of(samples(0)).isZero).toBe(false);
  });

  it.each(golden)('%j draws its golden samples, to the bit', (law, bits) => {
    expect(draw(law, 3).map(bitsOf).join(' ')).toBe(bits);
  });
});
