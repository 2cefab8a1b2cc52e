import { describe, expect, it } from '@jest/globals';
import { assertInputObjectType, coerceInputValue, parseValue, valueFromAST } from 'graphql';
import { buildApiSchema } from '../../../src/api/schema/build-schema';
import { Problems } from '../../../src/model/problem';
import { resolveDistribution } from '../../../src/model/spec/resolve-distribution';

const INPUT = assertInputObjectType(buildApiSchema().getType('DistributionInput'));

/** What the domain is given for a variable of that value, and the messages of whatever GraphQL refuses. */
function coerced(value: unknown): { readonly given: unknown; readonly refused: readonly string[] } {
  const refused: string[] = [];
  const given = coerceInputValue(value, INPUT, (_path, _value, error) => refused.push(error.message));
  return { given, refused };
}

const pareto = { pareto: { scaleMs: 1.05, shape: 1.51 } };
const laws = [
  { constant: { ms: 1 } },
  { uniform: { minMs: 1, maxMs: 2 } },
  { normal: { meanMs: 1, standardDeviationMs: 2 } },
  { exponential: { meanMs: 1, offsetMs: 0 } },
  { lognormal: { medianMs: 1, sigma: 2 } },
  pareto,
  { weibull: { scaleMs: 1, shape: 2 } },
  {
    mixture: {
      components: [
        { weight: 1, distribution: { mixture: { components: [{ weight: 1, distribution: pareto }] } } },
      ],
    },
  },
  {
    empirical: {
      quantiles: [
        { q: 0.5, ms: 1 },
        { q: 0.99, ms: 20 },
      ],
    },
  },
  { empirical: { samplesMs: [3, 1, 2] } },
];

describe('DistributionInput', () => {
  it('has a field for every law of the domain', () => {
    expect(Object.keys(INPUT.getFields())).toEqual([...new Set(laws.flatMap((law) => Object.keys(law)))]);
  });

  it.each(laws)('hands %j to the domain as it is, which takes it', (law) => {
    const { given, refused } = coerced(law);
    expect(refused).toEqual([]);
    const problems = Problems.none();
    expect(resolveDistribution(given, problems)).toEqual(law);
    expect(problems.all).toEqual([]);
  });

  it('reads a law that is written in the document as the same law in a variable', () => {
    const written =
      '{ mixture: { components: [{ weight: 0.38, distribution: { pareto: { scaleMs: 1.05, shape: 1.51 } } }] } }';
    const problems = Problems.none();
    expect(resolveDistribution(valueFromAST(parseValue(written), INPUT), problems)).toEqual({
      mixture: { components: [{ weight: 0.38, distribution: pareto }] },
    });
    expect(problems.all).toEqual([]);
  });

  it.each([
    ['two laws', { constant: { ms: 1 }, ...pareto }, 'Exactly one key must be specified'],
    [
      'quantiles and samples',
      { empirical: { quantiles: [], samplesMs: [] } },
      'Exactly one key must be specified',
    ],
    ['a law that nobody knows', { cauchy: {} }, 'Field "cauchy" is not defined'],
    [
      'a component without a weight',
      { mixture: { components: [{ distribution: pareto }] } },
      '"weight" of required type',
    ],
    ['an infinite sample', { empirical: { samplesMs: [Infinity] } }, 'Float'],
    ['a sample that is a text', { empirical: { samplesMs: ['1'] } }, 'Float'],
  ])('refuses %s', (_what, value, message) => {
    expect(coerced(value).refused.join('; ')).toContain(message);
  });
});
