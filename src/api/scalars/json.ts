import { GraphQLScalarType } from 'graphql';

/** Answers only: configuration goes in by typed inputs. */
export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value, as it is stored.',
  serialize: (value) => value,
});
