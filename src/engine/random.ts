import { log } from './deterministic-math/log';

/** 128 bits, not all zero; each word a signed or unsigned 32-bit integer. */
export type RandomState = readonly [number, number, number, number];

/** A stream of random numbers: xoshiro128** (Blackman and Vigna 2018). The same state gives the same numbers everywhere. */
export class Random {
  private state0: number;
  private state1: number;
  private state2: number;
  private state3: number;
  /** Normal numbers come in pairs; the second of a pair waits here. */
  private spareNormal = 0.5;
  private hasSpareNormal = false;

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

  /** A uniform multiple of 2^−53 in [0, 1). */
  uniform(): number {
    const upper = this.integer() >>> 5;
    const lower = this.integer() >>> 6;
    return (upper * 67108864 + lower) * 1.1102230246251565e-16;
  }

  /** A uniform integer from 0 up to, and without, the limit; the limit is at most 2^31. */
  below(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** An exponential number of mean 1. */
  exponential(): number {
    return -log(1 - this.uniform());
  }

  /** A normal number of mean 0 and variance 1, by Marsaglia's polar method. */
  normal(): number {
    if (this.hasSpareNormal) {
      this.hasSpareNormal = false;
      return this.spareNormal;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * log(square)) / square);
      this.spareNormal = y * factor;
      this.hasSpareNormal = true;
      return x * factor;
    }
  }
}
