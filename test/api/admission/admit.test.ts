import { describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { admit } from '../../../src/api/admission/admit';
import { DEFAULT_LIMITS, type ServerLimits } from '../../../src/api/limits';
import { buildApiSchema } from '../../../src/api/schema/build-schema';
import { exampleDocuments } from '../../../src/api/server/example-documents';
import { BAD_DOCUMENTS } from '../bad-inputs/bad-documents';
import * as documents from '../support/documents';

const schema = buildApiSchema();

function refusals(query: string, limits: Partial<ServerLimits> = {}): readonly unknown[] {
  const request = { query, operationName: null, variables: {} };
  const admission = admit(request, { schema, limits: { ...DEFAULT_LIMITS, ...limits } });
  return admission.kind === 'REFUSED' ? admission.errors.map((error) => error.toJSON()) : [];
}

describe('admission', () => {
  it.each(exampleDocuments())('admits the example $name', ({ query, variables }) => {
    const request = {
      query,
      operationName: null,
      variables: JSON.parse(variables ?? '{}') as Record<string, unknown>,
    };
    expect(admit(request, { schema, limits: DEFAULT_LIMITS }).kind).toBe('ADMITTED');
  });

  it('admits the introspection of the playground', () => {
    const options = {
      inputValueDeprecation: true,
      schemaDescription: true,
      specifiedByUrl: true,
      oneOf: true,
    };
    expect(refusals(getIntrospectionQuery({ ...options, directiveIsRepeatable: true }))).toEqual([]);
  });

  it.each([
    ['fields', documents.repeatedFields(7), 7],
    ['fields', documents.doublingFragments(4), 8],
    ['aliases', documents.aliases(7), 7],
    ['directives', documents.directives(7), 7],
    ['depth', '{ experiments { nodes { runs { nodes { id } } } } }', 5],
    ['rootMutations', documents.submissions(7), 7],
    [
      'rootMutations',
      `mutation { ...M } fragment M on Mutation ${documents.submissions(7).slice('mutation '.length)}`,
      7,
    ],
    ['tokens', '{ experiments { totalCount } }', 6],
  ] as const)('counts %s in %p', (limit, query, found) => {
    expect(refusals(query, { [limit]: found })).toEqual([]);
    const allowed = found - 1;
    expect(refusals(query, { [limit]: allowed })).toMatchObject([{ extensions: { limit, found, allowed } }]);
  });

  it.each([
    ['{ experiments(first: 10) { nodes { id name } } }', 1 + 10 * 3],
    ['{ experiments { nodes { id } } }', 1 + 20 * 2],
    ['{ experiments(last: 5) { totalCount } }', 1 + 5],
    ['{ experiments(first: 3) { nodes { runs(first: 4) { nodes { id } } } } }', 1 + 3 * (1 + 1 + 4 * 2)],
    ['{ experiment(id: "x") { result { runCount } } }', 1 + 50 + 1],
    ['{ __schema { types { name fields { name } } } }', 1],
  ])('%s costs %i', (query, found) => {
    expect(refusals(query, { complexity: found })).toEqual([]);
    expect(refusals(query, { complexity: found - 1 })).toMatchObject([
      { extensions: { code: 'QUERY_TOO_COMPLEX', limit: 'complexity', found } },
    ]);
  });

  it('lists at most ten errors', () => {
    expect(refusals(documents.unknownFields(500))).toHaveLength(10);
  });

  it.each(BAD_DOCUMENTS)('refuses $input within 100 ms', ({ query }) => {
    const durations = Array.from({ length: 3 }, () => {
      const start = performance.now();
      refusals(query);
      return performance.now() - start;
    });
    expect(Math.min(...durations)).toBeLessThan(100);
  });
});
