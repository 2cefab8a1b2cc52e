import { invariant } from '../model/invariant';
import type { Message } from './message';

type Chain = Message | null;

export interface WheelSettings {
  /** Where bucket 0 begins, in simulated milliseconds. */
  readonly originMs: number;
  readonly bucketsPerMs: number;
}

/** The ring reaches this far if its size allows. */
const REACH_MS = 32;
const RING_SIZE_MIN = 256;
const RING_SIZE_MAX = 65_536;
/** Coarse buckets, each as wide as half the ring. */
const FAR_SIZE = 256;
/** A day and ten nanoseconds. */
const BUCKETS_PER_MS_MIN = 1e-8;
const BUCKETS_PER_MS_MAX = 1e5;
/** Beyond this number bucket arithmetic would leave 32-bit integers. */
const BUCKETS_MAX = 536_870_912;

/**
 * What lies ahead, in buckets of equal width: a ring of fine ones, a ring of coarse ones, and one chain for what lies beyond.
 *
 * Each ring is filled again at half turns: when the time has passed half of it, the next half's worth comes from the coarser
 * one. Chains grow at the front, so a bucket read front to back is youngest first, and a chain is filed anew oldest first.
 */
export class Wheel {
  readonly bucketsPerMs: number;
  /** Empty buckets passed since the last review. */
  passed = 0;
  private originMs: number;
  private readonly ring: Chain[];
  private readonly mask: number;
  private readonly halfBits: number;
  /** The bucket of the present, which is not in the ring any more. */
  private present = 0;
  /** The first fine bucket that is not in the ring. */
  private horizon: number;
  private inRing = 0;
  private readonly far: Chain[] = new Array<Chain>(FAR_SIZE).fill(null);
  /** The first coarse bucket that is not among the coarse ones. */
  private farHorizon: number;
  private inFar = 0;
  private beyond: Chain = null;
  private inBeyond = 0;

  constructor(settings: WheelSettings) {
    this.originMs = settings.originMs;
    this.bucketsPerMs = Math.min(Math.max(settings.bucketsPerMs, BUCKETS_PER_MS_MIN), BUCKETS_PER_MS_MAX);
    const size = powerOfTwoFrom(this.bucketsPerMs * REACH_MS);
    this.ring = new Array<Chain>(size).fill(null);
    this.mask = size - 1;
    this.halfBits = 30 - Math.clz32(size);
    this.horizon = size;
    this.farHorizon = FAR_SIZE + 2;
  }

  /** Bucket numbers are still small enough; if not, build another wheel. */
  get isCountable(): boolean {
    return this.present < BUCKETS_MAX;
  }

  /** Files an event under its time; false, and nothing done, if it belongs to the bucket of the present. */
  file(message: Message): boolean {
    const position = (message.time - this.originMs) * this.bucketsPerMs;
    if (!(position < this.horizon)) return this.fileFar(message, Math.floor(position));
    // A number below the horizon has 32 bits, and cutting it off is faster than rounding it down.
    const bucket = position | 0;
    if (bucket <= this.present) return false;
    const place = bucket & this.mask;
    message.next = this.ring[place];
    this.ring[place] = message;
    this.inRing++;
    return true;
  }

  /** Moves the present to the next bucket that holds anything, and takes its chain, youngest first. */
  nextChain(): Message {
    const half = 1 << this.halfBits;
    let bucket = this.present;
    for (;;) {
      if (this.inRing === 0) bucket = this.leap();
      bucket++;
      if (bucket === this.horizon - half) this.refill();
      const chain = this.ring[bucket & this.mask];
      if (chain !== null) return this.taken(chain, bucket);
    }
  }

  /** The chain taken last had that many events. */
  left(events: number): void {
    this.inRing -= events;
  }

  /** Empties it: events of equal times in the order in which they came. */
  takeAll(): Message[] {
    const all = [...this.ring, ...this.far, this.beyond].flatMap(oldestFirst);
    this.ring.fill(null);
    this.far.fill(null);
    this.beyond = null;
    this.inRing = 0;
    this.inFar = 0;
    this.inBeyond = 0;
    return all;
  }

  private fileFar(message: Message, bucket: number): true {
    const coarse = Math.floor(bucket / (1 << this.halfBits));
    if (coarse < this.farHorizon) {
      const place = coarse & (FAR_SIZE - 1);
      message.next = this.far[place];
      this.far[place] = message;
      this.inFar++;
    } else {
      message.next = this.beyond;
      this.beyond = message;
      this.inBeyond++;
    }
    return true;
  }

  private taken(chain: Message, bucket: number): Message {
    this.passed += bucket - this.present - 1;
    this.present = bucket;
    this.ring[bucket & this.mask] = null;
    return chain;
  }

  /** The ring is empty: goes on right before its next refill. */
  private leap(): number {
    if (this.inFar === 0) this.restart();
    this.present = this.horizon - (1 << this.halfBits) - 1;
    return this.present;
  }

  /** Both rings are empty: they begin anew where the earliest event of all is. */
  private restart(): void {
    invariant(this.inBeyond > 0, 'there is no next event in an empty queue');
    this.originMs = earliestMs(this.beyond);
    this.present = -1;
    this.horizon = 1 << this.halfBits;
    this.farHorizon = FAR_SIZE + 1;
    this.refileBeyond();
  }

  /** Half the ring has passed: the next coarse bucket takes its place. */
  private refill(): void {
    const half = 1 << this.halfBits;
    const coarse = this.horizon / half;
    this.horizon += half;
    if (coarse === this.farHorizon - FAR_SIZE / 2) this.refillFar();
    const place = coarse & (FAR_SIZE - 1);
    const chain = this.far[place];
    this.far[place] = null;
    for (let message = reversed(chain); message !== null; this.inFar--) message = this.refile(message);
  }

  /** Files an event of a chain anew and returns the one behind it. */
  private refile(message: Message): Chain {
    const following = message.next;
    this.file(message);
    return following;
  }

  private refillFar(): void {
    this.farHorizon += FAR_SIZE / 2;
    this.refileBeyond();
  }

  private refileBeyond(): void {
    const chain = reversed(this.beyond);
    this.beyond = null;
    this.inBeyond = 0;
    for (let message = chain; message !== null;) message = this.refile(message);
  }
}

function earliestMs(chain: Chain): number {
  let earliest = Infinity;
  for (let message = chain; message !== null; message = message.next)
    earliest = Math.min(earliest, message.time);
  return earliest;
}

function reversed(chain: Chain): Chain {
  let turned: Chain = null;
  for (let message = chain; message !== null;) {
    const following: Chain = message.next;
    message.next = turned;
    turned = message;
    message = following;
  }
  return turned;
}

function oldestFirst(chain: Chain): Message[] {
  const messages: Message[] = [];
  for (let message = chain; message !== null; message = message.next) messages.push(message);
  return messages.reverse();
}

function powerOfTwoFrom(size: number): number {
  const atLeast = Math.min(Math.max(size, RING_SIZE_MIN), RING_SIZE_MAX);
  return 1 << (32 - Math.clz32(Math.ceil(atLeast) - 1));
}
