import { powersOfTwo } from './double-bits';
import { log } from './log';

/**
 * −ln((word + ½) / 2^32) for an unsigned 32-bit integer, with the same bits on every machine: from 1.2e−10 to 22.9, never
 * 0 or infinite. Relative error below 1e−15.
 *
 * The argument is m / 2^zeros with m in [½, 1). The table knows −ln at the upper end c of each of the 2,048 cells that m
 * may lie in; t = (c − m) / c is below 2^−11, and −ln(1 − t) = t + t²/2 + t³/3 + t⁴/4 but for less than 1e−17. Nothing is
 * subtracted but m from c, which is exact: so the smallest logarithms are as precise as the others.
 */
export function negativeLogarithm(word: number): number {
  const zeros = Math.clz32(word);
  const bits = (word << zeros) | ((1 << zeros) >>> 1);
  const cell = (bits >>> 20) & CELL_MASK;
  const end = (cell + FIRST_END) * END_UNIT;
  const t = (end - (word + 0.5) * SCALES[zeros]) * RECIPROCALS[cell];
  return zeros * Math.LN2 + (LOGARITHMS[cell] + t * (1 + t * (0.5 + t * (THIRD + t * 0.25))));
}

const CELLS = 2048;
const CELL_MASK = CELLS - 1;
/** The upper end of cell i is (2049 + i) / 4096; of the last one, 1. */
const FIRST_END = CELLS + 1;
const END_UNIT = 1 / (2 * CELLS);
const THIRD = 1 / 3;

const ENDS = Array.from({ length: CELLS }, (_, cell) => (cell + FIRST_END) * END_UNIT);
/** Not −log(1), which is −0, for the last cell. */
const LOGARITHMS = Float64Array.from(ENDS, (end) => 0 - log(end));
const RECIPROCALS = Float64Array.from(ENDS, (end) => 1 / end);
/** What brings a word with so many leading zeros, plus ½, to [½, 1): 2^(zeros − 32). */
const SCALES = powersOfTwo({ least: 1 / 4294967296, count: 33 });
