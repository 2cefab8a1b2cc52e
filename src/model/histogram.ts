import {
  bucketOf,
  HIGHEST_NS,
  joinBuckets,
  middleOf,
  octaveEndOf,
  rankOf,
  type HistogramBucket,
} from './histogram-buckets';
import { invariant, InvariantError } from './invariant';

/** Sparse, canonical form of a histogram of integer nanoseconds; see `Histogram` for bounds and errors. */
export interface EncodedHistogram {
  readonly count: number;
  /** Null when count is 0. */
  readonly minNs: number | null;
  readonly maxNs: number | null;
  /** Exact sum, decimal digits (it may exceed 2^53). */
  readonly sumNs: string;
  /** Pairs [bucket index, count], ascending index, counts > 0. */
  readonly buckets: readonly (readonly [number, number])[];
}

/** What an encoded histogram is before anything was recorded, and what an empty one encodes to. */
export const EMPTY_HISTOGRAM: EncodedHistogram = {
  count: 0,
  minNs: null,
  maxNs: null,
  sumNs: '0',
  buckets: [],
};

/**
 * A log-linear histogram of integer nanoseconds, 0 … 2^53−1 (104 days).
 *
 * Count, min, max and sum are exact; a quantile is at most 0.8 % off (64 buckets an octave), and exact below
 * 128 ns. The encoding depends on the multiset of the samples alone: however they were split over histograms and
 * in whatever order those were merged, the bytes are the same.
 */
export class Histogram {
  /** None before the first sample: of the histograms of a run, many stay empty. */
  private counts = NO_BUCKETS;
  private recorded = 0;
  private lowest = Infinity;
  private highest = -Infinity;
  /** The sum is sumHigh · 2^52 + sumLow: a float sum would drift and depend on the order. */
  private sumHigh = 0;
  private sumLow = 0;

  /** @throws InvariantError when the encoding contradicts itself. */
  static decode(encoded: EncodedHistogram): Histogram {
    const histogram = new Histogram();
    histogram.addEncoded(encoded);
    return histogram;
  }

  get count(): number {
    return this.recorded;
  }

  /** Null when nothing was recorded; so are `maxNs`, `meanNs` and every quantile. */
  get minNs(): number | null {
    return this.recorded === 0 ? null : this.lowest;
  }

  get maxNs(): number | null {
    return this.recorded === 0 ? null : this.highest;
  }

  get sumNs(): bigint {
    return BigInt(this.sumHigh) * BigInt(SUM_WORD) + BigInt(this.sumLow);
  }

  get meanNs(): number | null {
    return this.recorded === 0 ? null : Number(this.sumNs) / this.recorded;
  }

  /**
   * Records a duration in milliseconds, rounded to nanoseconds once, here.
   *
   * A difference of two times may fall below zero by less than a nanosecond of float noise; that is 0.
   */
  record(ms: number): void {
    const ns = Math.round(ms * NS_PER_MS);
    if (!(ns >= -1 && ns <= HIGHEST_NS)) refuse(ms, 'ms');
    this.add(ns > 0 ? ns : 0);
  }

  recordNs(ns: number): void {
    if (!isDuration(ns)) refuse(ns, 'whole ns');
    this.add(ns);
  }

  merge(other: Histogram): void {
    const last = other.recorded === 0 ? -1 : bucketOf(other.highest);
    if (last >= this.counts.length) this.grow(last);
    for (let bucket = 0; bucket <= last; bucket += 1) this.counts[bucket] += other.counts[bucket];
    this.recorded += other.recorded;
    this.lowest = Math.min(this.lowest, other.lowest);
    this.highest = Math.max(this.highest, other.highest);
    this.sumHigh += other.sumHigh;
    this.addToSum(other.sumLow);
  }

  encode(): EncodedHistogram {
    const buckets: (readonly [number, number])[] = [];
    const last = this.recorded === 0 ? -1 : bucketOf(this.highest);
    for (let bucket = last < 0 ? 0 : bucketOf(this.lowest); bucket <= last; bucket += 1)
      if (this.counts[bucket] > 0) buckets.push([bucket, this.counts[bucket]]);
    const { count, minNs, maxNs } = this;
    return { count, minNs, maxNs, sumNs: this.sumNs.toString(), buckets };
  }

  /**
   * The middle of the bucket that holds the ⌈q·n⌉-th smallest sample, clamped to [min, max]; min for q = 0.
   *
   * @param q 0 … 1
   */
  quantileNs(q: number): number | null {
    invariant(q >= 0 && q <= 1, `a quantile is asked for by a share from 0 to 1, not ${q}`);
    if (this.recorded === 0) return null;
    const rank = rankOf(q, this.recorded);
    if (rank === 0) return this.lowest;
    const middle = middleOf(this.bucketOfRank(rank));
    return Math.min(Math.max(middle, this.lowest), this.highest);
  }

  /**
   * At most `atMost` neighbouring stretches [fromNs, toNs) that cover all samples, for a drawing.
   *
   * Each joins whole native buckets, so every count is exact. They are as wide as each other on a logarithmic
   * scale; samples under a microsecond (such as the zeros of a lag) share the first, which reaches to the next
   * sample, lest a drawing spend its room on the six empty decades in between.
   */
  buckets(atMost: number): readonly HistogramBucket[] {
    invariant(Number.isInteger(atMost) && atMost >= 1, `a number of buckets is at least 1, not ${atMost}`);
    if (this.recorded === 0) return [];
    return joinBuckets(this.counts, { first: bucketOf(this.lowest), last: bucketOf(this.highest), atMost });
  }

  private add(ns: number): void {
    const bucket = bucketOf(ns);
    if (bucket >= this.counts.length) this.grow(bucket);
    this.counts[bucket] += 1;
    this.recorded += 1;
    if (ns < this.lowest) this.lowest = ns;
    if (ns > this.highest) this.highest = ns;
    this.addToSum(ns);
  }

  private addEncoded({ count, minNs, maxNs, sumNs, buckets }: EncodedHistogram): void {
    if (minNs === null || maxNs === null) return;
    this.grow(bucketOf(maxNs));
    for (const [bucket, samples] of buckets) {
      this.counts[bucket] += samples;
      this.recorded += samples;
    }
    this.lowest = minNs;
    this.highest = maxNs;
    this.sumHigh = Number(BigInt(sumNs) / BigInt(SUM_WORD));
    this.sumLow = Number(BigInt(sumNs) % BigInt(SUM_WORD));
    invariant(this.recorded === count && count > 0, `a histogram of ${count} holds ${this.recorded} samples`);
    invariant(this.counts[bucketOf(minNs)] > 0, 'the minimum of a histogram is in none of its buckets');
  }

  private bucketOfRank(rank: number): number {
    let bucket = 0;
    let seen = this.counts[0];
    while (seen < rank) {
      bucket += 1;
      seen += this.counts[bucket];
    }
    return bucket;
  }

  /** Both words stay below 2^52, so that no intermediate sum is rounded. */
  private addToSum(ns: number): void {
    const sum = this.sumLow + ns;
    if (sum < SUM_WORD) this.sumLow = sum;
    else this.carry(ns);
  }

  private carry(ns: number): void {
    const high = Math.floor(ns / SUM_WORD);
    const low = this.sumLow + (ns - high * SUM_WORD);
    const carried = low < SUM_WORD ? 0 : 1;
    this.sumLow = low - carried * SUM_WORD;
    this.sumHigh += high + carried;
  }

  /** Whole octaves at a time: a histogram of milliseconds never pays for days. */
  private grow(bucket: number): void {
    const length = octaveEndOf(bucket);
    if (length <= this.counts.length) return;
    const grown = new Float64Array(length);
    grown.set(this.counts);
    this.counts = grown;
  }
}

const NO_BUCKETS = new Float64Array(0);
const NS_PER_MS = 1_000_000;
const SUM_WORD = 4_503_599_627_370_496;

/** Apart from the hot path, so that its sentence is composed only when it is needed. */
function refuse(value: number, unit: string): never {
  throw new InvariantError(`not a duration in ${unit}: ${value}`);
}

function isDuration(ns: number): boolean {
  return ns >= 0 && ns <= HIGHEST_NS && Math.floor(ns) === ns;
}
