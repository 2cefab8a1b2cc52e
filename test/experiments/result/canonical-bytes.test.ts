import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { canonicalBytes } from '../../../src/experiments/result/canonical-bytes';

const written = (value: object): string => new TextDecoder().decode(canonicalBytes(value));

describe('canonical bytes', () => {
  it('are what a serializer of RFC 8785 writes, whatever the data', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ noUnicodeString: false })), (data) => {
        expect(written(data)).toBe(canonicalize(data));
      }),
    );
  });

  it('have every number as the language writes it', () => {
    const small = fc.integer({ min: 0, max: 2 ** 31 });
    const whole = fc.maxSafeInteger();
    const numbers = fc.array(fc.oneof(small, whole, fc.double({ noNaN: true, noDefaultInfinity: true })));
    fc.assert(fc.property(numbers, (data) => expect(written(data)).toBe(JSON.stringify(data))));
  });

  it.each([
    0,
    -0,
    1,
    -1,
    9,
    10,
    99_999,
    999_999_999,
    1e9,
    1_000_000_001,
    2 ** 31,
    2 ** 53 - 1,
    2 ** 53,
    1e21,
  ])('have %d on a border as well', (border) => {
    expect(written([border, { border }])).toBe(JSON.stringify([border, { border }]));
  });

  it('grow with what is written', () => {
    const long = [
      'x'.repeat(100_000),
      'é'.repeat(100_000),
      Array.from({ length: 100_000 }, (_, item) => item),
    ];
    expect(written(long)).toBe(JSON.stringify(long));
  });

  it('leave out a key without a value', () => {
    expect(written({ known: 1, unknown: undefined })).toBe('{"known":1}');
    expect(written({ unknown: undefined })).toBe('{}');
  });

  it('have keys in order whatever shapes were written before', () => {
    for (let shape = 0; shape < 100; shape++) written({ [`z${shape}`]: 1, a: 2 });
    expect(written({ b: 1, a: 2, 10: 3, 9: 4 })).toBe('{"10":3,"9":4,"a":2,"b":1}');
    expect(written({ a: 2, b: 1 })).toBe(written({ b: 1, a: 2 }));
  });
});
