import { GraphQLScalarType } from 'graphql';

/** Answers only: no input names a moment of the real world. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description:
    'A moment of the real world: ISO 8601 in UTC with milliseconds, such as "2026-11-22T09:30:00.000Z".',
  serialize: (value) => {
    if (value instanceof Date) return value.toISOString();
    throw new TypeError(`not a moment: ${String(value)}`);
  },
});
