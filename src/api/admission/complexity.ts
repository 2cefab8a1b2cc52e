import type { DocumentNode, GraphQLSchema } from 'graphql';
import {
  fieldExtensionsEstimator,
  getComplexity,
  simpleEstimator,
  type ComplexityEstimator,
} from 'graphql-query-complexity';

/** Introspection reads the schema in memory; the playground needs it whole. */
const introspectionIsFree: ComplexityEstimator = ({ type }) => (type.name.startsWith('__') ? 0 : undefined);

interface Operation {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The cost of a valid operation with valid variables, before it is executed. */
export function costOf(schema: GraphQLSchema, { document, operationName, variables }: Operation): number {
  return getComplexity({
    schema,
    query: document,
    operationName: operationName ?? undefined,
    variables: { ...variables },
    estimators: [introspectionIsFree, fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })],
  });
}
