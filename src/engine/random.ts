import { negativeLogarithm } from './deterministic-math/logarithm-table';
import { CENTRE, centralNormal, tailNormal } from './deterministic-math/normal-quantile';

/** 128 bits, not all zero; each word a signed or unsigned 32-bit integer. */
export type RandomState = readonly [number, number, number, number];

/** 2^−32, what one step of a uniform number is. */
const STEP = 1 / 4294967296;

/**
 * A stream of random numbers: xoshiro128** (Blackman and Vigna 2018). The same state gives the same numbers everywhere.
 *
 * Every method draws once, whatever it gives, and by inversion: the number rises with the 32 bits drawn. So another law, or
 * another parameter, shifts no later draw, and two runs that draw from the same stream meet the same good and bad luck.
 */
export class Random {
  private state0: number;
  private state1: number;
  private state2: number;
  private state3: number;

  constructor([state0, state1, state2, state3]: RandomState) {
    this.state0 = state0 | 0;
    this.state1 = state1 | 0;
    this.state2 = state2 | 0;
    this.state3 = state3 | 0;
  }

  /** A uniform signed 32-bit integer. */
  integer(): number {
    const second = this.state1;
    const product = Math.imul(second, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const third = this.state2 ^ this.state0;
    const fourth = this.state3 ^ second;
    this.state1 = second ^ third;
    this.state0 = this.state0 ^ fourth;
    this.state2 = third ^ (second << 9);
    this.state3 = (fourth << 11) | (fourth >>> 21);
    return result;
  }

  /** A uniform multiple of 2^−32 in [0, 1). */
  uniform(): number {
    return (this.integer() >>> 0) * STEP;
  }

  /** The middle of one of the 2^32 equal parts of (0, 1): never 0, never 1. */
  probability(): number {
    return ((this.integer() >>> 0) + 0.5) * STEP;
  }

  /**
   * A uniform integer from 0 up to, and without, the limit; the limit is at most 2^31. Of a million integers none is more
   * than 0.03 % likelier than another: there are 2^32 draws to share.
   */
  below(limit: number): number {
    return (this.uniform() * limit) | 0;
  }

  /** True with that probability, which is rounded up to a multiple of 2^−32; 0 is never and 1 always. */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** An exponential number of mean 1: 1.2e−10 … 22.9. */
  exponential(): number {
    return negativeLogarithm(~this.integer() >>> 0);
  }

  /** A normal number of mean 0 and variance 1: −6.4 … 6.4. */
  normal(): number {
    const word = this.integer() >>> 0;
    const fromMedian = (word + 0.5) * STEP - 0.5;
    if (Math.abs(fromMedian) <= CENTRE) return centralNormal(fromMedian);
    if (fromMedian < 0) return -tailNormal(Math.sqrt(negativeLogarithm(word)));
    return tailNormal(Math.sqrt(negativeLogarithm(~word >>> 0)));
  }
}
