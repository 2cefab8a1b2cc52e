/**
 * The native buckets of a histogram: one for each nanosecond below 128, then 64 in every octave.
 *
 * A value of 2^(6+e) … 2^(7+e)−1 lies in bucket 64·e + ⌊value / 2^e⌋, whose width is 2^e.
 */

/** The largest value that has a bucket, 2^53 − 1. */
export const HIGHEST_NS = Number.MAX_SAFE_INTEGER;

/** A stretch of native buckets: samples of [fromNs, toNs). */
export interface HistogramBucket {
  readonly fromNs: number;
  readonly toNs: number;
  readonly count: number;
}

/** The bucket of an integer 0 … 2^53−1. */
export function bucketOf(ns: number): number {
  return ns < TWO_TO_32 ? bucketOfShort(ns) : bucketOfLarge(ns);
}

/** The bucket of an integer below 2^32. */
export function bucketOfShort(ns: number): number {
  if (ns < LINEAR) return ns;
  const exponent = 25 - Math.clz32(ns);
  return (exponent << OCTAVE_BITS) + (ns >>> exponent);
}

/** The smallest value of a bucket. */
function lowestOf(bucket: number): number {
  const exponent = exponentOf(bucket);
  return (bucket - exponent * OCTAVE) * POWERS_OF_TWO[exponent];
}

/** The middle of a bucket's values, rounded down to a whole nanosecond. */
export function middleOf(bucket: number): number {
  const width = POWERS_OF_TWO[exponentOf(bucket)];
  return lowestOf(bucket) + Math.floor((width - 1) / 2);
}

/** The first bucket of a bucket's octave. */
export function octaveStartOf(bucket: number): number {
  return Math.floor(bucket / OCTAVE) * OCTAVE;
}

/** The number of buckets up to the end of a bucket's octave. */
export function octaveEndOf(bucket: number): number {
  return (Math.floor(bucket / OCTAVE) + 1) * OCTAVE;
}

/** ⌈q·n⌉ of the decimal that q was written as: 0.07 · 100 is 7, though its doubles multiply to a little more. */
export function rankOf(q: number, count: number): number {
  const product = q * count;
  const nearest = Math.round(product);
  return Math.abs(product - nearest) <= product * ROUNDING ? nearest : Math.ceil(product);
}

/** See `Histogram.buckets`; `first` and `last` are the buckets of the smallest and the largest sample. */
export function joinBuckets(
  counts: Float64Array,
  { first, last, atMost }: { readonly first: number; readonly last: number; readonly atMost: number },
): readonly HistogramBucket[] {
  const start = firstOccupied(counts, Math.max(first, MICROSECOND_BUCKET), last);
  if (first >= MICROSECOND_BUCKET || start === null || atMost === 1) {
    return joinEvenly(counts, { first, last, atMost });
  }
  const tiny = joined(counts, { first, end: start });
  return [tiny, ...joinEvenly(counts, { first: start, last, atMost: atMost - 1 })];
}

/** Native buckets are nearly equal on a logarithmic scale, so equal numbers of them are as well. */
function joinEvenly(
  counts: Float64Array,
  { first, last, atMost }: { readonly first: number; readonly last: number; readonly atMost: number },
): HistogramBucket[] {
  const natives = last - first + 1;
  const groups = Math.min(atMost, natives);
  const startOf = (group: number): number => first + Math.floor((group * natives) / groups);
  return Array.from({ length: groups }, (_, group) =>
    joined(counts, { first: startOf(group), end: startOf(group + 1) }),
  );
}

function joined(
  counts: Float64Array,
  { first, end }: { readonly first: number; readonly end: number },
): HistogramBucket {
  let count = 0;
  for (let bucket = first; bucket < end; bucket += 1) count += counts[bucket];
  return { fromNs: lowestOf(first), toNs: lowestOf(end), count };
}

function firstOccupied(counts: Float64Array, from: number, last: number): number | null {
  for (let bucket = from; bucket <= last; bucket += 1) if (counts[bucket] > 0) return bucket;
  return null;
}

function bucketOfLarge(ns: number): number {
  const exponent = 57 - Math.clz32(Math.floor(ns / TWO_TO_32));
  return exponent * OCTAVE + Math.floor(ns / POWERS_OF_TWO[exponent]);
}

function exponentOf(bucket: number): number {
  return bucket < LINEAR ? 0 : Math.floor(bucket / OCTAVE) - 1;
}

const OCTAVE_BITS = 6;
const OCTAVE = 64;
const LINEAR = 128;
const TWO_TO_32 = 4_294_967_296;

/** 2^0 … 2^47: the widths of the buckets, one more for the end of the last. */
const POWERS_OF_TWO = doublings(48);

const MICROSECOND_BUCKET = bucketOf(1_000);

function doublings(count: number): Float64Array {
  const powers = new Float64Array(count);
  powers[0] = 1;
  for (let exponent = 1; exponent < count; exponent += 1) powers[exponent] = powers[exponent - 1] * 2;
  return powers;
}
const ROUNDING = 1e-15;
