import { powerOfTwo } from './double-bits';
import { product, squareRoot, type DoubleDouble } from './double-double';
import { LN2_HIGH, LN2_LOW } from './log';

const LARGEST = 709.782712893384;
const SMALLEST = -745.1332191019411;
/** Parts of a doubling that the table knows. */
const PARTS = 64;
const PART_MASK = PARTS - 1;
const PART_BITS = 6;
/** 64 / ln 2. */
const PARTS_PER_UNIT = 92.33248261689366;
const PART_HIGH = LN2_HIGH / PARTS;
const PART_LOW = LN2_LOW / PARTS;
const TO_6 = 1 / 6;
const TO_24 = 1 / 24;
const TO_120 = 1 / 120;
const TO_720 = 1 / 720;

/**
 * e to the power of the value, with the same bits on every machine. Error below 0.6 ulp.
 *
 * Source: Tang 1989, "Table-driven implementation of the exponential function": x = (64 k + j) ln 2 / 64 + r with
 * |r| ≤ ln 2 / 128, and e^x = 2^k · 2^(j/64) · e^r; the table has 2^(j/64) in two doubles.
 */
export function exp(value: number): number {
  if (!(value <= LARGEST && value >= SMALLEST)) return beyondRange(value);
  const parts = Math.floor(value * PARTS_PER_UNIT + 0.5) | 0;
  const r = value - parts * PART_HIGH - parts * PART_LOW;
  const growth = r + r * r * (0.5 + r * (TO_6 + r * (TO_24 + r * (TO_120 + r * TO_720))));
  const part = parts & PART_MASK;
  const fraction = POWERS[part] + (POWERS_LOW[part] + POWERS[part] * growth);
  return scaled(fraction, parts >> PART_BITS);
}

function beyondRange(value: number): number {
  if (value > LARGEST) return Infinity;
  return value < SMALLEST ? 0 : NaN;
}

/** The value times 2^exponent; in two steps where the power itself is no normal double. */
function scaled(value: number, exponent: number): number {
  if (exponent > 1023) return value * 2 * powerOfTwo(exponent - 1);
  if (exponent >= -1022) return value * powerOfTwo(exponent);
  return value * powerOfTwo(exponent + 1000) * powerOfTwo(-1000);
}

const TABLE = partsOfDoubling();
const POWERS = Float64Array.from(TABLE, ({ high }) => high);
const POWERS_LOW = Float64Array.from(TABLE, ({ low }) => low);

/** 2^(j/64) for each part j. */
function partsOfDoubling(): readonly DoubleDouble[] {
  let root: DoubleDouble = { high: 2, low: 0 };
  for (let bit = 0; bit < PART_BITS; bit++) root = squareRoot(root);
  const powers: DoubleDouble[] = [{ high: 1, low: 0 }];
  while (powers.length < PARTS) powers.push(product(powers[powers.length - 1], root));
  return powers;
}
