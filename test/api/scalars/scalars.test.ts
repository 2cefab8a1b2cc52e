import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseValue, valueFromAST } from 'graphql';
import { BigIntegerScalar } from '../../../src/api/scalars/big-integer';
import { DateTimeScalar } from '../../../src/api/scalars/date-time';
import { FiniteFloat } from '../../../src/api/scalars/finite-float';

describe('BigInt', () => {
  it('goes out as a string and comes back the same, as text, literal or string', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), (value) => {
        const text = BigIntegerScalar.serialize(value);
        expect(text).toBe(value.toString());
        expect(BigIntegerScalar.parseValue(text)).toBe(value);
        expect(valueFromAST(parseValue(text), BigIntegerScalar)).toBe(value);
        expect(valueFromAST(parseValue(`"${text}"`), BigIntegerScalar)).toBe(value);
      }),
    );
  });

  it('shows whole numbers of the model as well', () => {
    expect(BigIntegerScalar.serialize(12_345)).toBe('12345');
  });

  it.each([
    1.5,
    2 ** 53,
    NaN,
    Infinity,
    '',
    ' 1',
    '1.0',
    '0x10',
    '1e3',
    '--1',
    '9'.repeat(40),
    true,
    null,
    {},
  ])('refuses %p', (value) => {
    expect(() => BigIntegerScalar.parseValue(value)).toThrow('BigInt takes');
  });

  it.each(['1.5', 'true', 'WORD', '{}', '"x"'])('refuses the literal %s', (literal) => {
    expect(() => BigIntegerScalar.parseLiteral(parseValue(literal))).toThrow('BigInt takes');
  });
});

describe('Float', () => {
  it.each([NaN, Infinity, -Infinity, '1', null])('refuses %p', (value) => {
    expect(() => FiniteFloat.parseValue(value)).toThrow('Float');
  });

  it.each(['1e400', '-1e400'])('refuses the literal %s', (literal) => {
    expect(() => FiniteFloat.parseLiteral(parseValue(literal))).toThrow(literal);
  });

  it('takes integer and float literals', () => {
    expect([FiniteFloat.parseLiteral(parseValue('2')), FiniteFloat.parseLiteral(parseValue('0.99'))]).toEqual(
      [2, 0.99],
    );
  });

  it.each([NaN, Infinity])('never shows %p', (value) => {
    expect(() => FiniteFloat.serialize(value)).toThrow('Float');
  });
});

describe('DateTime', () => {
  it('is ISO 8601 in UTC', () => {
    expect(DateTimeScalar.serialize(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
  });

  it('is made of moments only', () => {
    expect(() => DateTimeScalar.serialize('yesterday')).toThrow('not a moment');
  });
});
