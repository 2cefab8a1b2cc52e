import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exp } from '../../src/engine/deterministic-math/exp';
import { log } from '../../src/engine/deterministic-math/log';
import { pow } from '../../src/engine/deterministic-math/pow';
import { bitsOf } from './statistics';

/** How many doubles lie from one to the other, for doubles of one sign. */
function ulps(one: number, other: number): bigint {
  const distance = BigInt(`0x${bitsOf(one)}`) - BigInt(`0x${bitsOf(other)}`);
  return distance < 0n ? -distance : distance;
}

const positive = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true });
const manyRuns = { numRuns: 20_000, seed: 1 };

describe('log', () => {
  it('is within one unit in the last place of the true logarithm', () => {
    fc.assert(
      fc.property(positive, (value) => ulps(log(value), Math.log(value)) <= 1n),
      manyRuns,
    );
  });

  it('is within one unit around 1, where it is small', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        (value) => ulps(log(value), Math.log(value)) <= 1n,
      ),
      manyRuns,
    );
  });

  it.each([
    [0, -Infinity],
    [-1, NaN],
    [NaN, NaN],
    [Infinity, Infinity],
    [1, 0],
    [Number.MIN_VALUE, -744.4400719213812],
  ])('of %p is %p', (value, expected) => {
    expect(log(value)).toBe(expected);
  });

  it.each([
    [2, '3fe62e42fefa39ef'],
    [10, '40026bb1bbb55516'],
    [0.1, 'c0026bb1bbb55515'],
    [1e-300, 'c085963447f87fb5'],
    [0.9999999, 'be7ad7f2b1049b9f'],
  ])('of %p has the golden bits', (value, bits) => {
    expect(bitsOf(log(value))).toBe(bits);
  });
});

describe('exp', () => {
  it('is within one unit in the last place of the true power', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -745, max: 709.78, noNaN: true }),
        (value) => ulps(exp(value), Math.exp(value)) <= 1n,
      ),
      manyRuns,
    );
  });

  it.each([
    [0, 1],
    [710, Infinity],
    [-746, 0],
    [-745.1, Number.MIN_VALUE],
    [-Infinity, 0],
    [Infinity, Infinity],
    [NaN, NaN],
  ])('of %p is %p', (value, expected) => {
    expect(exp(value)).toBe(expected);
  });

  it.each([
    [1, '4005bf0a8b145769'],
    [-1, '3fd78b56362cef38'],
    [0.5, '3ffa61298e1e069c'],
    [700, '7f0d945df4f8ec8e'],
    [-740.5, '0000000000000033'],
  ])('of %p has the golden bits', (value, bits) => {
    expect(bitsOf(exp(value))).toBe(bits);
  });
});

describe('pow', () => {
  it('is within two units in the last place of the true power', () => {
    const base = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    const exponent = fc.double({ min: -30, max: 30, noNaN: true });
    fc.assert(
      fc.property(base, exponent, (b, e) => ulps(pow({ base: b, exponent: e }), Math.pow(b, e)) <= 2n),
      manyRuns,
    );
  });

  it('is within two units of the true power of any rank of a zipfian law', () => {
    const exponent = fc.double({ min: 0, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), exponent, (rank, e) => {
        return ulps(pow({ base: rank, exponent: -e }), Math.pow(rank, -e)) <= 2n;
      }),
      manyRuns,
    );
  });

  it.each([
    [2, 10, 1024],
    [3, 10, 59049],
    [7, 0, 1],
    [10, -1, 0.1],
    [2, -1074, 5e-324],
    [10, 400, Infinity],
    [10, -400, 0],
  ])('%p to the power of %p is %p', (base, exponent, expected) => {
    expect(pow({ base, exponent })).toBe(expected);
  });

  it.each([
    [3, -0.99, '3fd591a9ba622d6e'],
    [1000, 0.5, '403f9f6e4990f227'],
    [999_999, -10, '3379b615844a2359'],
  ])('%p to the power of %p has the golden bits', (base, exponent, bits) => {
    expect(bitsOf(pow({ base, exponent }))).toBe(bits);
  });

  it('refuses a base that is not positive', () => {
    expect(() => pow({ base: 0, exponent: 1 })).toThrow('must be positive');
  });
});
