import { Random } from './random';

const WORD_64 = 0xffff_ffff_ffff_ffffn;
const GOLDEN_RATIO = 0x9e37_79b9_7f4a_7c15n;

/**
 * The independent random streams of one run, by what they are for and whom they serve.
 *
 * A stream depends on the seed and its own name only: a further node, or another latency, leaves all others as they are.
 * Its state of 128 bits is mixed, reversibly, from the 64 of the seed and a hash of 64 of the name: streams of one name
 * never share a state, whatever the seeds, and two of one run only if their names share a hash.
 */
export class RandomStreams {
  private readonly seedLow: number;
  private readonly seedHigh: number;

  /** @param runSeed 0 … 2^64 − 1 */
  constructor(runSeed: bigint) {
    this.seedLow = Number(runSeed & 0xffff_ffffn) | 0;
    this.seedHigh = Number(runSeed >> 32n) | 0;
  }

  /** Two calls with one name give two copies of the same stream: ask once. */
  stream({ purpose, entity }: { readonly purpose: string; readonly entity: string }): Random {
    const name = new NameHash();
    name.add(purpose);
    name.add(SEPARATOR);
    name.add(entity);
    return this.mixedWith(name);
  }

  /** Two rounds in which every word is mixed with the one before, the first with the last: each bit then moves half of all. */
  private mixedWith({ low, high }: NameHash): Random {
    let first = mixed(this.seedLow);
    let second = mixed(this.seedHigh + first);
    let third = mixed(low + second);
    let fourth = mixed(high + third);
    first = mixed(first + fourth + ROUND);
    second = mixed(second + first);
    third = mixed(third + second);
    fourth = mixed(fourth + third);
    // All zero would give zeros for ever.
    return new Random([first, second, third, (first | second | third | fourth) === 0 ? 1 : fourth]);
  }
}

/**
 * The seed of one run, mixed from the experiment's seed (0 … 2^64 − 1) and the repetition (from 0) alone, so that
 * points of a sweep meet the same chances.
 */
export function runSeed(seed: bigint, repetition: number): bigint {
  return splitmix64((splitmix64(seed) + BigInt(repetition)) & WORD_64);
}

/** The first output of splitmix64 (Steele, Lea and Flood 2014) from that state. */
export function splitmix64(state: bigint): bigint {
  let mixed = (state + GOLDEN_RATIO) & WORD_64;
  mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58_476d_1ce4_e5b9n) & WORD_64;
  mixed = ((mixed ^ (mixed >> 27n)) * 0x94d0_49bb_1331_11ebn) & WORD_64;
  return mixed ^ (mixed >> 31n);
}

/** No name holds a control character. */
const SEPARATOR = '\n';
/** The golden ratio, in 32 bits. */
const ROUND = 0x9e3779b9;

/** A hash of 64 bits over UTF-16 code units; every step is reversible, so that only what is added can make two names meet. */
class NameHash {
  low = 0x243f6a88;
  high = 0x85a308d3;

  add(text: string): void {
    let { low, high } = this;
    for (let index = 0; index < text.length; index++) {
      const product = Math.imul(low ^ text.charCodeAt(index), 0xcc9e2d51);
      low = (((product << 15) | (product >>> 17)) + high) | 0;
      high = Math.imul(high ^ low, 0x1b873593);
    }
    this.low = low;
    this.high = high;
  }
}

/** MurmurHash3's finaliser (Appleby 2011): reversible, each bit moves each other with a probability of about one half. */
function mixed(word: number): number {
  let bits = word ^ (word >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
