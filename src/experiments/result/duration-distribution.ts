import { Histogram, type EncodedHistogram } from '../../model/histogram';

/** A stretch of durations: samples of [fromMs, toMs). */
export interface DurationBucket {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

/** A histogram as a reader of a result sees it: simulated milliseconds, null where there is no sample. */
export class DurationDistribution {
  constructor(private readonly histogram: Histogram) {}

  static of(encoded: EncodedHistogram): DurationDistribution {
    return new DurationDistribution(Histogram.decode(encoded));
  }

  get count(): number {
    return this.histogram.count;
  }

  get minMs(): number | null {
    return inMs(this.histogram.minNs);
  }

  get maxMs(): number | null {
    return inMs(this.histogram.maxNs);
  }

  get meanMs(): number | null {
    return inMs(this.histogram.meanNs);
  }

  /**
   * The middle of the bucket that holds the ⌈q·count⌉-th smallest sample, at most 0.8 % off; min for q = 0.
   *
   * @param q 0 … 1
   */
  quantileMs(q: number): number | null {
    return inMs(this.histogram.quantileNs(q));
  }

  /** At most that many adjoining stretches that cover all samples, about equal on a logarithmic scale. */
  buckets(atMost: number): readonly DurationBucket[] {
    return this.histogram.buckets(atMost).map(({ fromNs, toNs, count }) => ({
      fromMs: fromNs / NS_PER_MS,
      toMs: toNs / NS_PER_MS,
      count,
    }));
  }
}

const NS_PER_MS = 1_000_000;

function inMs(ns: number | null): number | null {
  return ns === null ? null : ns / NS_PER_MS;
}
