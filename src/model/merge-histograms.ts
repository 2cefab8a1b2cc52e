import type { EncodedHistogram } from './histogram';

type Bucket = readonly [number, number];

/** The histogram of both multisets of samples. Associative, commutative; the empty histogram changes nothing. */
export function mergeHistograms(one: EncodedHistogram, other: EncodedHistogram): EncodedHistogram {
  if (one.count === 0) return other;
  if (other.count === 0) return one;
  return {
    count: one.count + other.count,
    minNs: extreme(one.minNs, other.minNs, Math.min),
    maxNs: extreme(one.maxNs, other.maxNs, Math.max),
    sumNs: sumOf(one.sumNs, other.sumNs),
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

/** Of decimal digits; most sums are short enough for plain numbers, which are ten times as fast. */
function sumOf(one: string, other: string): string {
  if (one.length <= EXACT_DIGITS && other.length <= EXACT_DIGITS) return String(Number(one) + Number(other));
  return (BigInt(one) + BigInt(other)).toString();
}

/** Two numbers of so many digits have a sum below 2^53. */
const EXACT_DIGITS = 15;

/** Both lists ascend, so one walk along the two merges them. A bucket that is in one of them is taken as it is. */
function mergeBuckets(one: readonly Bucket[], other: readonly Bucket[]): readonly Bucket[] {
  const merged: Bucket[] = [];
  let left = 0;
  let right = 0;
  while (left < one.length && right < other.length) {
    const [earlier, later] = [one[left], other[right]];
    if (earlier[0] <= later[0]) left += 1;
    if (later[0] <= earlier[0]) right += 1;
    if (earlier[0] === later[0]) merged.push([earlier[0], earlier[1] + later[1]]);
    else merged.push(earlier[0] < later[0] ? earlier : later);
  }
  while (left < one.length) merged.push(one[left++]);
  while (right < other.length) merged.push(other[right++]);
  return merged;
}
