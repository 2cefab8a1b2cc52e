import { exp } from './exp';

const ROOT_OF_TWO_PI = 2.5066282746310002;

/** The density of a normal number of mean 0 and variance 1, with the same bits on every machine; to 14 digits up to 6.5. */
export function normalDensity(value: number): number {
  return exp(-0.5 * value * value) / ROOT_OF_TWO_PI;
}

/**
 * The probability that a normal number of mean 0 and variance 1 is below the value, which is 0 or more; with the same bits
 * on every machine, error below 1e−15. For setting up: the farther out, the more terms.
 *
 * Φ(x) = ½ + φ(x) (x + x³/3 + x⁵/15 + …); no term is negative.
 */
export function normalCumulative(value: number): number {
  const square = value * value;
  let sum = 0;
  for (let term = value, divisor = 3; sum + term > sum; divisor += 2) {
    sum += term;
    term *= square / divisor;
  }
  return 0.5 + normalDensity(value) * sum;
}
