/** A number as the unevaluated sum of two doubles, about 106 bits (Dekker 1971). */
export interface DoubleDouble {
  readonly high: number;
  readonly low: number;
}

const SPLITTER = 134217729;

/** The sum of two doubles, without an error. */
export function exactSum(one: number, other: number): DoubleDouble {
  const high = one + other;
  const part = high - one;
  return { high, low: one - (high - part) + (other - part) };
}

/**
 * The product of two doubles, without an error if it neither over- nor underflows: both factors split into halves of 26
 * bits whose products are exact (Veltkamp, Dekker).
 */
export function exactProduct(one: number, other: number): DoubleDouble {
  const high = one * other;
  const oneHigh = upperHalf(one);
  const oneLow = one - oneHigh;
  const otherHigh = upperHalf(other);
  const otherLow = other - otherHigh;
  const low = oneLow * otherLow - (high - oneHigh * otherHigh - oneLow * otherHigh - oneHigh * otherLow);
  return { high, low };
}

function upperHalf(value: number): number {
  const shifted = value * SPLITTER;
  return shifted - (shifted - value);
}

/** Relative error about 2^−104, as of the product and the quotient. */
export function sum(one: DoubleDouble, other: DoubleDouble): DoubleDouble {
  const high = exactSum(one.high, other.high);
  return exactSum(high.high, high.low + (one.low + other.low));
}

export function product(one: DoubleDouble, other: DoubleDouble): DoubleDouble {
  const high = exactProduct(one.high, other.high);
  return exactSum(high.high, high.low + (one.high * other.low + one.low * other.high));
}

export function quotient(dividend: number, divisor: DoubleDouble): DoubleDouble {
  const high = dividend / divisor.high;
  const back = exactProduct(high, divisor.high);
  return { high, low: (dividend - back.high - back.low - high * divisor.low) / divisor.high };
}

/** Of a positive number: one step of Newton's from the root of its upper part. */
export function squareRoot(value: DoubleDouble): DoubleDouble {
  const root = Math.sqrt(value.high);
  const square = exactProduct(root, root);
  return exactSum(root, (value.high - square.high - square.low + value.low) / (2 * root));
}
