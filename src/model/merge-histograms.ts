import type { EncodedHistogram } from './histogram';

type Bucket = readonly [number, number];

/** The histogram of both multisets of samples. Associative, commutative; the empty histogram changes nothing. */
export function mergeHistograms(one: EncodedHistogram, other: EncodedHistogram): EncodedHistogram {
  return {
    count: one.count + other.count,
    minNs: extreme(one.minNs, other.minNs, Math.min),
    maxNs: extreme(one.maxNs, other.maxNs, Math.max),
    sumNs: (BigInt(one.sumNs) + BigInt(other.sumNs)).toString(),
    buckets: mergeBuckets(one.buckets, other.buckets),
  };
}

function extreme(
  one: number | null,
  other: number | null,
  choose: (one: number, other: number) => number,
): number | null {
  if (one === null) return other;
  return other === null ? one : choose(one, other);
}

/** Both lists ascend, so one walk along the two merges them. */
function mergeBuckets(one: readonly Bucket[], other: readonly Bucket[]): Bucket[] {
  const merged: Bucket[] = [];
  let right = 0;
  for (const [bucket, count] of one) {
    while (right < other.length && other[right][0] < bucket) merged.push(other[right++]);
    const same = right < other.length && other[right][0] === bucket;
    merged.push(same ? [bucket, count + other[right++][1]] : [bucket, count]);
  }
  return merged.concat(other.slice(right));
}
