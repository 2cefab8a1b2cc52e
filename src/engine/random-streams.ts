import { Random } from './random';

const WORD_64 = 0xffff_ffff_ffff_ffffn;
const GOLDEN_RATIO = 0x9e37_79b9_7f4a_7c15n;

/**
 * The independent random streams of one run, by what they are for and whom they serve.
 *
 * A stream depends on the seed and its own name only: a further node, or another latency, leaves all others as they are.
 */
export class RandomStreams {
  /** @param runSeed 0 … 2^64 − 1 */
  constructor(private readonly runSeed: bigint) {}

  /** Two calls with one name give two copies of the same stream: ask once. */
  stream({ purpose, entity }: { readonly purpose: string; readonly entity: string }): Random {
    const state = splitmix64(this.runSeed) ^ hashOf(`${purpose}\n${entity}`);
    const first = splitmix64(state);
    const second = splitmix64((state + GOLDEN_RATIO) & WORD_64);
    // One bit is set so that the state is never all zero, which would give zeros for ever.
    return new Random([lowerHalf(first) | 1, upperHalf(first), lowerHalf(second), upperHalf(second)]);
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

/** FNV-1a of 64 bits over the UTF-16 code units, low byte first. */
function hashOf(name: string): bigint {
  let hash = 0xcbf2_9ce4_8422_2325n;
  for (let index = 0; index < name.length; index++) {
    const unit = name.charCodeAt(index);
    for (const byte of [unit & 0xff, unit >> 8]) hash = ((hash ^ BigInt(byte)) * 0x100_0000_01b3n) & WORD_64;
  }
  return hash;
}

function lowerHalf(word: bigint): number {
  return Number(word & 0xffff_ffffn);
}

function upperHalf(word: bigint): number {
  return Number(word >> 32n);
}
