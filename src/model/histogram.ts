import {
  bucketOf,
  bucketOfShort,
  HIGHEST_NS,
  joinBuckets,
  middleOf,
  octaveEndOf,
  octaveStartOf,
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
  /** By bucket, from `first` on. None before the first sample: of the histograms of a run, many stay empty. */
  private counts = NO_BUCKETS;
  private first = 0;
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

  /** Counted anew from the buckets, which spares every record an addition. */
  get count(): number {
    let sum = 0;
    for (let bucket = 0; bucket < this.counts.length; bucket += 1) sum += this.counts[bucket];
    return sum;
  }

  /** Null when nothing was recorded; so are `maxNs`, `meanNs` and every quantile. */
  get minNs(): number | null {
    return this.isEmpty ? null : this.lowest;
  }

  get maxNs(): number | null {
    return this.isEmpty ? null : this.highest;
  }

  get sumNs(): bigint {
    return BigInt(this.sumHigh) * BigInt(SUM_WORD) + BigInt(this.sumLow);
  }

  get meanNs(): number | null {
    return this.isEmpty ? null : Number(this.sumNs) / this.count;
  }

  private get isEmpty(): boolean {
    return this.lowest === Infinity;
  }

  /**
   * Records a duration in milliseconds, rounded to nanoseconds once, here.
   *
   * A difference of two times may fall below zero by less than a nanosecond of float noise; that is 0.
   */
  record(ms: number): void {
    const halfMore = ms * NS_PER_MS + 0.5;
    if (halfMore >= 0 && halfMore < TWO_TO_31) this.addShort(halfMore | 0);
    else this.add(nanosecondsOf(ms));
  }

  recordNs(ns: number): void {
    const short = ns | 0;
    if (short === ns && short >= 0) {
      this.addShort(short);
      return;
    }
    if (!isDuration(ns)) refuse(ns, 'whole ns');
    this.add(ns);
  }

  /** @throws InvariantError when the encoding contradicts itself. */
  addEncoded(encoded: EncodedHistogram): void {
    const { minNs, maxNs, sumNs, buckets } = encoded;
    if (minNs === null || maxNs === null) return;
    checkEncoded(encoded);
    this.makeRoom(bucketOf(minNs));
    this.makeRoom(bucketOf(maxNs));
    const { counts, first } = this;
    for (let index = 0; index < buckets.length; index += 1) {
      const pair = buckets[index];
      counts[pair[0] - first] += pair[1];
    }
    this.lowest = Math.min(this.lowest, minNs);
    this.highest = Math.max(this.highest, maxNs);
    if (sumNs.length <= SHORT_DIGITS) this.addToSum(Number(sumNs));
    else this.addLongSum(BigInt(sumNs));
  }

  encode(): EncodedHistogram {
    if (this.isEmpty) return EMPTY_HISTOGRAM;
    const buckets: (readonly [number, number])[] = [];
    let count = 0;
    const last = bucketOf(this.highest);
    for (let bucket = bucketOf(this.lowest); bucket <= last; bucket += 1) {
      const samples = this.counts[bucket - this.first];
      if (samples === 0) continue;
      count += samples;
      buckets.push([bucket, samples]);
    }
    return { count, minNs: this.lowest, maxNs: this.highest, sumNs: this.sumNs.toString(), buckets };
  }

  /**
   * The middle of the bucket that holds the ⌈q·n⌉-th smallest sample, clamped to [min, max]; min for q = 0.
   *
   * @param q 0 … 1
   */
  quantileNs(q: number): number | null {
    invariant(q >= 0 && q <= 1, `a quantile is asked for by a share from 0 to 1, not ${q}`);
    if (this.isEmpty) return null;
    const rank = rankOf(q, this.count);
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
    if (this.isEmpty) return [];
    const counts = new Float64Array(this.first + this.counts.length);
    counts.set(this.counts, this.first);
    return joinBuckets(counts, { first: bucketOf(this.lowest), last: bucketOf(this.highest), atMost });
  }

  /** Samples of [fromNs, toNs), the borders of native buckets, as `buckets` gives them. */
  countBetween({ fromNs, toNs }: { readonly fromNs: number; readonly toNs: number }): number {
    const placeOf = (ns: number): number => Math.max(0, bucketOf(ns) - this.first);
    return this.counts.subarray(placeOf(fromNs), placeOf(toNs)).reduce((sum, count) => sum + count, 0);
  }

  /** Below 2^31 ns everything is a machine's integer: the way of nearly every sample. */
  private addShort(ns: number): void {
    this.countIn(bucketOfShort(ns));
    this.addToTotals(ns);
  }

  private add(ns: number): void {
    this.countIn(bucketOf(ns));
    this.addToTotals(ns);
  }

  private countIn(bucket: number): void {
    const place = bucket - this.first;
    if (place >= 0 && place < this.counts.length) this.counts[place] += 1;
    else this.countOutside(bucket);
  }

  private countOutside(bucket: number): void {
    this.makeRoom(bucket);
    this.counts[bucket - this.first] += 1;
  }

  private addToTotals(ns: number): void {
    if (ns < this.lowest) this.lowest = ns;
    if (ns > this.highest) this.highest = ns;
    this.addToSum(ns);
  }

  /** Both words stay below 2^52, so that no intermediate sum is rounded. */
  private addToSum(ns: number): void {
    const sum = this.sumLow + ns;
    if (sum < SUM_WORD) this.sumLow = sum;
    else this.carry(ns);
  }

  private bucketOfRank(rank: number): number {
    let place = 0;
    let seen = this.counts[0];
    while (seen < rank) {
      place += 1;
      seen += this.counts[place];
    }
    return this.first + place;
  }

  private addLongSum(ns: bigint): void {
    const sum = this.sumNs + ns;
    this.sumHigh = Number(sum / BigInt(SUM_WORD));
    this.sumLow = Number(sum % BigInt(SUM_WORD));
  }

  private carry(ns: number): void {
    const high = Math.floor(ns / SUM_WORD);
    const low = this.sumLow + (ns - high * SUM_WORD);
    const carried = low < SUM_WORD ? 0 : 1;
    this.sumLow = low - carried * SUM_WORD;
    this.sumHigh += high + carried;
  }

  /** Only the octaves between the least and the largest sample, whole ones: a run has a dozen histograms and is short. */
  private makeRoom(bucket: number): void {
    const { counts } = this;
    const former = counts.length === 0 ? octaveStartOf(bucket) : this.first;
    const first = Math.min(octaveStartOf(bucket), former);
    const end = Math.max(octaveEndOf(bucket), former + counts.length);
    if (end - first === counts.length) return;
    this.counts = new Float64Array(end - first);
    this.counts.set(counts, former - first);
    this.first = first;
  }
}

const NO_BUCKETS = new Float64Array(0);
/** Decimal digits that a double holds exactly. */
const SHORT_DIGITS = 15;
const NS_PER_MS = 1_000_000;
const TWO_TO_31 = 2_147_483_648;
const SUM_WORD = 4_503_599_627_370_496;

/** Whole nanoseconds of a duration in ms; float noise below zero is 0. For what is rare or was not recorded yet. */
export function nanosecondsOf(ms: number): number {
  const ns = Math.floor(ms * NS_PER_MS + 0.5);
  if (!(ns >= -1 && ns <= HIGHEST_NS)) refuse(ms, 'ms');
  return ns > 0 ? ns : 0;
}

/** Apart from the hot path, so that its sentence is composed only when it is needed. */
function refuse(value: number, unit: string): never {
  throw new InvariantError(`not a duration in ${unit}: ${value}`);
}

function checkEncoded({ count, minNs, buckets }: EncodedHistogram): void {
  let held = 0;
  for (let index = 0; index < buckets.length; index += 1) held += buckets[index][1];
  invariant(held === count && count > 0, `a histogram of ${count} holds ${held} samples`);
  const first = minNs === null ? -1 : bucketOf(minNs);
  invariant(buckets[0][0] === first, 'the minimum of a histogram is in none of its buckets');
}

function isDuration(ns: number): boolean {
  return ns >= 0 && ns <= HIGHEST_NS && Math.floor(ns) === ns;
}
