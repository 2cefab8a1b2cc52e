import { exp } from './exp';
import { pow } from './pow';

/** Of Godfrey's table for g = 7 and nine terms. */
const G = 7;
const FIRST = 0.9999999999998099;
const COEFFICIENTS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];
const ROOT_OF_TWO_PI = 2.5066282746310002;

/**
 * Euler's gamma function from 1 to 100, with the same bits on every machine. Relative error below 1e−14. For setting up.
 *
 * Source: Lanczos 1964, with Godfrey's coefficients.
 */
export function gamma(value: number): number {
  const x = value - 1;
  const shifted = x + G + 0.5;
  const sum = COEFFICIENTS.reduce(
    (total, coefficient, index) => total + coefficient / (x + index + 1),
    FIRST,
  );
  return ROOT_OF_TWO_PI * pow({ base: shifted, exponent: x + 0.5 }) * exp(-shifted) * sum;
}
