import { invariant } from '../../model/invariant';
import { highWord, withHighWord } from './double-bits';
import { exactProduct, exactSum, product, quotient, sum, type DoubleDouble } from './double-double';
import { exp } from './exp';
import { LN2_HIGH, LN2_LOW, ONE, ROOT_OF_HALF } from './log';

/** Where the result over- or underflows whatever the rounding. */
const EXPONENT_MAX = 800;
const TWO_THIRDS: DoubleDouble = { high: 0.6666666666666666, low: 3.700743415417188e-17 };
/** 2/5, 2/7 … 2/29: the series of 2 atanh(s) / s behind its first two terms, in powers of s². */
const SERIES = Array.from({ length: 13 }, (_, index) => 2 / (2 * index + 5));

/**
 * A positive, finite, normal base to a finite power, with the same bits on every machine. Error below 2 ulp.
 *
 * exp(exponent × ln base), the logarithm and the product carried with twice the precision of a double.
 */
export function pow({ base, exponent }: { readonly base: number; readonly exponent: number }): number {
  invariant(base > 0 && base < Infinity, `the base of a power must be positive and finite: ${base}`);
  const logarithm = preciseLog(base);
  const high = logarithm.high * exponent;
  if (Math.abs(high) > EXPONENT_MAX) return exp(high);
  const product = exactProduct(logarithm.high, exponent);
  const result = exp(product.high);
  return result + result * (product.low + logarithm.low * exponent);
}

/** ln value = k ln 2 + 2 atanh(s), s = (m − 1) / (m + 1), m in [√½, √2). */
function preciseLog(value: number): DoubleDouble {
  const high = highWord(value) + (ONE - ROOT_OF_HALF);
  const exponent = (high >> 20) - 1023;
  const m = withHighWord(value, (high & 0x000fffff) + ROOT_OF_HALF);
  const s = quotient(m - 1, exactSum(m, 1));
  const square = product(s, s);
  const tail = sum(TWO_THIRDS, { high: square.high * series(square.high), low: 0 });
  const factor = sum({ high: 2, low: 0 }, product(square, tail));
  const ofFraction = product(s, factor);
  return sum({ high: exponent * LN2_HIGH, low: 0 }, sum({ high: exponent * LN2_LOW, low: 0 }, ofFraction));
}

function series(square: number): number {
  let total = 0;
  for (let term = SERIES.length - 1; term >= 0; term--) total = total * square + SERIES[term];
  return total;
}
