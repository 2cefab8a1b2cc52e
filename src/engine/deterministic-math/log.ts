import { highWord, powerOfTwo } from './double-bits';

/** ln 2 in two parts; the first has trailing zeros, so that its product with an exponent is exact. */
export const LN2_HIGH = 6.9314718036912381649e-1;
export const LN2_LOW = 1.90821492927058770002e-10;

const SMALLEST_NORMAL = 2.2250738585072014e-308;
const TWO_TO_54 = 18014398509481984;
/** The high word of 1. */
export const ONE = 0x3ff00000;
/** The high word of √½: fractions are taken from [√½, √2). */
export const ROOT_OF_HALF = 0x3fe6a09e;

/**
 * The natural logarithm, with the same bits on every machine: the language leaves those of `Math.log` open.
 *
 * Error below 1 ulp. Negative: NaN; 0: −Infinity. Source: fdlibm's `e_log.c` (Sun Microsystems, 1993): x = 2^k (1 + f),
 * s = f / (2 + f), ln(1 + f) = f − f²/2 + s (f²/2 + R(s²)) with a polynomial R.
 */
export function log(value: number): number {
  if (!(value > 0)) return value === 0 ? -Infinity : NaN;
  if (value === Infinity) return value;
  return value < SMALLEST_NORMAL ? logOfNormal(value * TWO_TO_54, -54) : logOfNormal(value, 0);
}

function logOfNormal(value: number, exponentBias: number): number {
  const high = highWord(value) + (ONE - ROOT_OF_HALF);
  const binary = (high >> 20) - 1023;
  const exponent = binary + exponentBias;
  const f = value * powerOfTwo(-binary) - 1;
  const halfSquare = 0.5 * f * f;
  const s = f / (2 + f);
  return s * (halfSquare + remainder(s * s)) + exponent * LN2_LOW - halfSquare + f + exponent * LN2_HIGH;
}

function remainder(z: number): number {
  const w = z * z;
  const odd =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  return even + odd;
}
