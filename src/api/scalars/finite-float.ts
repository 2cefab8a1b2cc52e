import { GraphQLError, GraphQLFloat, GraphQLScalarType, print, type ValueNode } from 'graphql';

/**
 * GraphQL's `Float` under its own name, without infinities: graphql-js refuses them as variables but lets the
 * literal 1e400 through as Infinity.
 */
export const FiniteFloat = new GraphQLScalarType<number, number>({
  ...GraphQLFloat.toConfig(),
  description: 'A finite number of double precision: neither NaN nor infinite.',
  parseLiteral: finiteLiteral,
});

function finiteLiteral(node: ValueNode): number {
  const value = GraphQLFloat.parseLiteral(node);
  if (Number.isFinite(value)) return value;
  throw new GraphQLError(`Float takes finite numbers, and ${print(node).slice(0, 40)} is beyond 1.8e308.`, {
    nodes: node,
  });
}
