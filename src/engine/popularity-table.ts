import { pow } from './deterministic-math/pow';

/**
 * A zipfian law: the probability of a rank, from 0, the most popular, is exactly proportional to 1 / (rank + 1)^exponent.
 * YCSB's generator only approximates it and allows no exponent of 1.
 *
 * Drawn by inversion with a guide table (Chen and Asau 1974): constant expected time. The law among the first few ranks
 * has the same proportions, so that the same table serves for any number of them.
 */
export class PopularityTable {
  /** The probability of a rank or one more popular; 1 for the last. */
  private readonly cumulative: Float64Array;
  /** Cell i: the first rank whose cumulative probability is above i / count. */
  private readonly guide: Int32Array;

  constructor(count: number, exponent: number) {
    this.cumulative = cumulativeOf(count, exponent);
    this.guide = guideTo(this.cumulative);
  }

  /**
   * The rank that a uniform number from [0, 1) draws among the first ones.
   *
   * @param choices from 1 to the count of the table
   */
  rankBy(chance: number, choices: number): number {
    const { cumulative, guide } = this;
    const scaled = chance * cumulative[choices - 1];
    let rank = Math.min(choices - 1, guide[Math.floor(scaled * guide.length)]);
    while (cumulative[rank] <= scaled && rank < choices - 1) rank++;
    return rank;
  }
}

function cumulativeOf(count: number, exponent: number): Float64Array {
  const cumulative = new Float64Array(count);
  let total = 0;
  for (let rank = 0; rank < count; rank++)
    cumulative[rank] = total += pow({ base: rank + 1, exponent: -exponent });
  for (let rank = 0; rank < count; rank++) cumulative[rank] /= total;
  cumulative[count - 1] = 1;
  return cumulative;
}

function guideTo(cumulative: Float64Array): Int32Array {
  const guide = new Int32Array(cumulative.length);
  for (let cell = 0, rank = 0; cell < guide.length; cell++) {
    while (cumulative[rank] <= cell / guide.length) rank++;
    guide[cell] = rank;
  }
  return guide;
}
