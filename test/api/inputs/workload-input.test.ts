import { describe, expect, it } from '@jest/globals';
import { coerceInputValue, GraphQLInputObjectType } from 'graphql';
import { Problems } from '../../../src/model/problem';
import { Fields } from '../../../src/model/spec/fields';
import { resolveWorkload } from '../../../src/model/spec/resolve-workload';
import type { WorkloadSpec } from '../../../src/model/spec/workload';
import { buildApiSchema } from '../../../src/api/schema/build-schema';

const schema = buildApiSchema();

/** What graphql-js makes of a variable: with the defaults of the schema. */
function coerced(input: unknown): unknown {
  const type = schema.getType('WorkloadInput');
  if (!(type instanceof GraphQLInputObjectType)) throw new Error('no WorkloadInput');
  return coerceInputValue(input, type);
}

function resolved(input: unknown): WorkloadSpec {
  const problems = Problems.none();
  const workload = resolveWorkload(new Fields(input, problems), []);
  expect(problems.all).toEqual([]);
  return workload;
}

const load = (changes: object = {}): object => ({
  durationMs: 1000,
  clients: [{ ratePerSecond: 100 }],
  ...changes,
});
const arriving = (arrivals: object, ratePerSecond: number | null = 100): object =>
  load({ clients: [{ ratePerSecond, arrivals }] });

describe('WorkloadInput', () => {
  it.each([
    load(),
    arriving({ poisson: {} }),
    arriving({ constant: {} }),
    arriving({ bursts: { periodMs: 100, burstMs: 10, factor: 3 } }),
    arriving({ diurnal: { peakToTrough: 2 } }),
    arriving({ closedLoop: { thinkTime: { exponential: { meanMs: 3 } } } }, null),
    load({ keys: { distribution: { hotspot: {} } } }),
    load({ keys: { count: 5, distribution: { latest: {} } } }),
    load({ values: { register: {} } }),
    load({ values: { counter: {} } }),
    load({ values: { counter: { increment: { min: -3, max: -1 } } } }),
    load({ values: { cart: {} } }),
    load({ values: { messages: {} } }),
    load({ retry: { attempts: 3, backoff: { jitter: 0.5 } } }),
    load({ retry: { on: ['FAILED'] } }),
    { probe: { writes: 100_000, readDelaysMs: [0, 1, 2, 5, 10] } },
    { probe: { writes: 7 }, timeoutMs: 10 },
  ])('has the defaults of the domain: %j', (input) => {
    expect(resolved(coerced(input))).toEqual(resolved(input));
  });

  it('takes back a workload as it is stored', () => {
    for (const input of [load(), { probe: { writes: 7 } }]) {
      const stored: unknown = JSON.parse(JSON.stringify(resolved(input)));
      expect(resolved(coerced(stored))).toEqual(stored);
    }
  });
});
