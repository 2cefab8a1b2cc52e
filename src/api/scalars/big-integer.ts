import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const INTEGER = /^-?(0|[1-9][0-9]{0,38})$/;

/** Counts and sequences: GraphQL's own `Int` ends at 2³¹ − 1, and JSON numbers lose digits after 2⁵³. */
export const BigIntegerScalar = new GraphQLScalarType<bigint, string>({
  name: 'BigInt',
  description:
    'A whole number of any size. It is always a string of decimal digits in answers; in arguments it may be such a ' +
    'string or an integer.',
  serialize: (value) => fromAnswer(value).toString(),
  parseValue: (value) => fromInput(value),
  parseLiteral: (node) => {
    if (node.kind === Kind.INT || node.kind === Kind.STRING) return fromInput(node.value);
    throw new GraphQLError('BigInt takes an integer, or a string of decimal digits.', { nodes: node });
  },
});

function fromAnswer(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  throw new TypeError(`not a whole number: ${String(value)}`);
}

function fromInput(value: unknown): bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === 'string' && INTEGER.test(value)) return BigInt(value);
  throw new GraphQLError(
    'BigInt takes an integer, or a string of at most 39 decimal digits such as "12345678901".',
  );
}
