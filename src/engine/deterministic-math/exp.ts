import { powerOfTwo } from './double-bits';
import { LN2_HIGH, LN2_LOW } from './log';

const LARGEST = 709.782712893384;
const SMALLEST = -745.1332191019411;
const RECIPROCAL_OF_LN2 = 1.4426950408889634;

/**
 * e to the power of the value, with the same bits on every machine. Error below 1 ulp.
 *
 * Source: fdlibm's `e_exp.c` (Sun Microsystems, 1993): x = k ln 2 + r with |r| ≤ ½ ln 2, and a rational function of r.
 */
export function exp(value: number): number {
  if (value > LARGEST) return Infinity;
  if (value < SMALLEST) return 0;
  const exponent = Math.floor(value * RECIPROCAL_OF_LN2 + 0.5);
  const high = value - exponent * LN2_HIGH;
  const low = exponent * LN2_LOW;
  const r = high - low;
  const square = r * r;
  const c = r - square * polynomial(square);
  return scaled(1 + ((r * c) / (2 - c) - low + high), exponent);
}

function polynomial(square: number): number {
  return (
    0.16666666666666602 +
    square *
      (-0.0027777777777015593 +
        square * (6.613756321437934e-5 + square * (-1.6533902205465252e-6 + square * 4.1381367970572385e-8)))
  );
}

/** The value times 2^exponent; in two steps where the power itself is no normal double. */
function scaled(value: number, exponent: number): number {
  if (exponent > 1023) return value * 2 * powerOfTwo(exponent - 1);
  if (exponent >= -1022) return value * powerOfTwo(exponent);
  return value * powerOfTwo(exponent + 1000) * powerOfTwo(-1000);
}
