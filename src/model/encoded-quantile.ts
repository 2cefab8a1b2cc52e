import type { EncodedHistogram } from './histogram';
import { middleOf, rankOf } from './histogram-buckets';
import { invariant } from './invariant';

/**
 * The quantile of an encoded histogram as `Histogram.quantileNs` gives it, without unfolding it.
 *
 * @param q 0 … 1
 */
export function quantileNs({ count, minNs, maxNs, buckets }: EncodedHistogram, q: number): number | null {
  invariant(q >= 0 && q <= 1, 'a quantile is asked for by a share from 0 to 1');
  if (minNs === null || maxNs === null) return null;
  const rank = rankOf(q, count);
  if (rank === 0) return minNs;
  let seen = 0;
  for (let index = 0; index < buckets.length; index += 1) {
    const pair = buckets[index];
    seen += pair[1];
    if (seen >= rank) return Math.min(Math.max(middleOf(pair[0]), minNs), maxNs);
  }
  return maxNs;
}
