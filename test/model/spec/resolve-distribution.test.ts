import { describe, expect, it } from '@jest/globals';
import { Problems } from '../../../src/model/problem';
import type { Distribution } from '../../../src/model/spec/distribution';
import { minimumMs, resolveDistribution } from '../../../src/model/spec/resolve-distribution';
import { places } from '../../support/submissions';

function resolve(input: unknown): { readonly law: Distribution; readonly found: readonly string[] } {
  const problems = Problems.none();
  const law = resolveDistribution(input, problems);
  return { law, found: places(problems.all) };
}

const one = { constant: { ms: 1 } };
const mixtureOf = (...components: readonly unknown[]): object => ({ mixture: { components } });
const quantilesOf = (...points: readonly (readonly [unknown, unknown])[]): object => ({
  empirical: { quantiles: points.map(([q, ms]) => ({ q, ms })) },
});
/** So many mixtures, each the only component of the one around it. */
const nested = (mixtures: number): object =>
  mixtures === 0 ? one : mixtureOf({ weight: 1, distribution: nested(mixtures - 1) });

/** Complete laws, and the least that they can give. */
const RIGHT: readonly (readonly [Distribution, number])[] = [
  [{ constant: { ms: 3 } }, 3],
  [{ uniform: { minMs: 2, maxMs: 2 } }, 2],
  [{ normal: { meanMs: 5, standardDeviationMs: 1 } }, 0],
  [{ normal: { meanMs: 5, standardDeviationMs: 0 } }, 5],
  [{ exponential: { meanMs: 5, offsetMs: 1 } }, 1],
  [{ lognormal: { medianMs: 5, sigma: 1 } }, 0],
  [{ lognormal: { medianMs: 5, sigma: 0 } }, 5],
  [{ pareto: { scaleMs: 5, shape: 0.1 } }, 5],
  [{ weibull: { scaleMs: 5, shape: 1000 } }, 0],
  [
    {
      mixture: {
        components: [
          { weight: 1e-9, distribution: { pareto: { scaleMs: 5, shape: 2 } } },
          { weight: 1e9, distribution: { exponential: { meanMs: 1, offsetMs: 4 } } },
        ],
      },
    },
    4,
  ],
  [
    {
      empirical: {
        quantiles: [
          { q: 0, ms: 2 },
          { q: 0.5, ms: 2 },
          { q: 1, ms: 9 },
        ],
      },
    },
    2,
  ],
  [{ empirical: { samplesMs: [7, 3, 3, 8] } }, 3],
];

/** What is wrong, and the one problem that it gives. */
const WRONG: readonly (readonly [string, unknown, string])[] = [
  ['no law', {}, 'EXACTLY_ONE_OF at '],
  ['two laws', { ...one, uniform: { minMs: 1, maxMs: 2 } }, 'EXACTLY_ONE_OF at '],
  ['a normal law without deviation', { normal: { meanMs: 1 } }, 'REQUIRED at normal.standardDeviationMs'],
  ['a negative mean', { normal: { meanMs: -1, standardDeviationMs: 1 } }, 'OUT_OF_RANGE at normal.meanMs'],
  ['a Pareto law without scale', { pareto: { shape: 1 } }, 'REQUIRED at pareto.scaleMs'],
  ['a shape of 0', { pareto: { scaleMs: 1, shape: 0 } }, 'OUT_OF_RANGE at pareto.shape'],
  ['a shape beyond its limit', { weibull: { scaleMs: 1, shape: 1001 } }, 'OUT_OF_RANGE at weibull.shape'],
  ['a shape that is a text', { weibull: { scaleMs: 1, shape: '2' } }, 'WRONG_TYPE at weibull.shape'],
  [
    'a setting of another law',
    { weibull: { scaleMs: 1, shape: 1, sigma: 1 } },
    'UNKNOWN_FIELD at weibull.sigma',
  ],
  ['a mixture of what is not said', { mixture: {} }, 'REQUIRED at mixture.components'],
  ['a mixture of nothing', mixtureOf(), 'OUT_OF_RANGE at mixture.components'],
  ['a mixture that is no list', { mixture: { components: one } }, 'WRONG_TYPE at mixture.components'],
  [
    'a mixture of 101',
    mixtureOf(...Array.from({ length: 101 }, () => ({ weight: 1, distribution: one }))),
    'OUT_OF_RANGE at mixture.components',
  ],
  ['no weight', mixtureOf({ distribution: one }), 'REQUIRED at mixture.components.0.weight'],
  [
    'a weight of 0',
    mixtureOf({ weight: 0, distribution: one }),
    'OUT_OF_RANGE at mixture.components.0.weight',
  ],
  [
    'an infinite weight',
    mixtureOf({ weight: 1, distribution: one }, { weight: Infinity, distribution: one }),
    'OUT_OF_RANGE at mixture.components.1.weight',
  ],
  [
    'a component without a law',
    mixtureOf({ weight: 1 }),
    'EXACTLY_ONE_OF at mixture.components.0.distribution',
  ],
  [
    'a wrong law in a mixture',
    mixtureOf({ weight: 1, distribution: { constant: { ms: -1 } } }),
    'OUT_OF_RANGE at mixture.components.0.distribution.constant.ms',
  ],
  [
    'mixtures four deep',
    nested(4),
    `OUT_OF_RANGE at ${'mixture.components.0.distribution.'.repeat(3)}mixture`,
  ],
  [
    'mixtures too deep to be walked through',
    nested(5000),
    `OUT_OF_RANGE at ${'mixture.components.0.distribution.'.repeat(3)}mixture`,
  ],
  ['an empirical law of nothing', { empirical: {} }, 'EXACTLY_ONE_OF at empirical'],
  [
    'quantiles and samples',
    {
      empirical: {
        samplesMs: [1],
        quantiles: [
          { q: 0, ms: 1 },
          { q: 1, ms: 2 },
        ],
      },
    },
    'EXACTLY_ONE_OF at empirical',
  ],
  ['no samples', { empirical: { samplesMs: [] } }, 'OUT_OF_RANGE at empirical.samplesMs'],
  [
    'too many samples',
    { empirical: { samplesMs: new Array<number>(10_001).fill(1) } },
    'OUT_OF_RANGE at empirical.samplesMs',
  ],
  ['a negative sample', { empirical: { samplesMs: [1, -1] } }, 'OUT_OF_RANGE at empirical.samplesMs.1'],
  ['a sample that is null', { empirical: { samplesMs: [1, null] } }, 'REQUIRED at empirical.samplesMs.1'],
  ['a sample that is a text', { empirical: { samplesMs: ['1'] } }, 'WRONG_TYPE at empirical.samplesMs.0'],
  ['one quantile', quantilesOf([0.5, 1]), 'OUT_OF_RANGE at empirical.quantiles'],
  ['a quantile below 0', quantilesOf([-0.1, 1], [1, 2]), 'OUT_OF_RANGE at empirical.quantiles.0.q'],
  ['a quantile above 1', quantilesOf([0.5, 1], [1.1, 2]), 'OUT_OF_RANGE at empirical.quantiles.1.q'],
  ['a quantile without ms', quantilesOf([0.5, 1], [1, null]), 'REQUIRED at empirical.quantiles.1.ms'],
  ['quantiles that fall', quantilesOf([0, 1], [0.9, 2], [0.5, 3]), 'OUT_OF_RANGE at empirical.quantiles.2.q'],
  ['a quantile given twice', quantilesOf([0.5, 1], [0.5, 2]), 'OUT_OF_RANGE at empirical.quantiles.1.q'],
  [
    'durations that fall',
    quantilesOf([0, 1], [0.5, 3], [0.9, 2]),
    'OUT_OF_RANGE at empirical.quantiles.2.ms',
  ],
];

describe('a distribution', () => {
  it.each(RIGHT)('%j is taken as it is, and again', (law) => {
    const { law: resolved, found } = resolve(law);
    expect(found).toEqual([]);
    expect(resolved).toEqual(law);
    expect(resolve(resolved)).toEqual({ law, found: [] });
  });

  it.each(RIGHT)('%j never gives less than its minimum', (law, least) => {
    expect(minimumMs(law)).toBe(least);
  });

  it.each(WRONG)('with %s is refused', (_what, input, expected) => {
    expect(resolve(input).found).toEqual([expected]);
  });

  it('has no offset unless one is given', () => {
    expect(resolve({ exponential: { meanMs: 2 } }).law).toEqual({ exponential: { meanMs: 2, offsetMs: 0 } });
  });

  it('may have mixtures three deep', () => {
    expect(resolve(nested(3))).toEqual({ law: nested(3), found: [] });
  });

  it('tells all its problems at once', () => {
    const input = mixtureOf(
      { weight: -1, distribution: { pareto: { scaleMs: 'x', shape: 0 } } },
      { distribution: quantilesOf([2, -1]), colour: 'red' },
    );
    expect(resolve(input).found).toEqual([
      'OUT_OF_RANGE at mixture.components.0.weight',
      'WRONG_TYPE at mixture.components.0.distribution.pareto.scaleMs',
      'OUT_OF_RANGE at mixture.components.0.distribution.pareto.shape',
      'REQUIRED at mixture.components.1.weight',
      'OUT_OF_RANGE at mixture.components.1.distribution.empirical.quantiles',
      'OUT_OF_RANGE at mixture.components.1.distribution.empirical.quantiles.0.q',
      'OUT_OF_RANGE at mixture.components.1.distribution.empirical.quantiles.0.ms',
      'UNKNOWN_FIELD at mixture.components.1.colour',
    ]);
  });
});
