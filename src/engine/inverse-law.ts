import { invariant } from '../model/invariant';
import type { Quantile } from '../model/spec/distribution';

/**
 * A law with steps, drawn by inversion with a guide table (Chen and Asau 1974): constant expected time, and a small change
 * of the weights changes few choices.
 */
export class Choice {
  /** Cell i: the first index whose cumulative probability is above i / count. */
  private readonly guide: Int32Array;

  /** @param cumulative the probability of an index or one below: never falling, the last is 1. */
  constructor(private readonly cumulative: Float64Array) {
    invariant(
      cumulative[cumulative.length - 1] === 1,
      'the probabilities do not end at 1: the distribution was not validated',
    );
    this.guide = guideTo(cumulative);
  }

  /** @param weights one or more, above 0; an index is as likely as its share of their sum. */
  static byWeight(weights: readonly number[]): Choice {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let sum = 0;
    const cumulative = Float64Array.from(weights, (weight) => (sum += weight) / total);
    cumulative[weights.length - 1] = 1;
    return new Choice(cumulative);
  }

  /** The index that holds this cumulative probability, which is in [0, 1). */
  at(probability: number): number {
    const { guide, cumulative } = this;
    let index = guide[Math.floor(probability * guide.length)];
    while (cumulative[index] <= probability) index++;
    return index;
  }
}

/** Straight lines between quantiles; below the first and above the last, their values. */
export class QuantileLines {
  private readonly line: Choice;
  /** Where each line begins, in probability, and how much it rises for one unit of it. */
  private readonly starts: Float64Array;
  private readonly slopes: Float64Array;
  private readonly startsMs: Float64Array;
  private readonly endsMs: Float64Array;

  /** @param quantiles one or more, q strictly rising in [0, 1], ms never falling. */
  constructor(quantiles: readonly Quantile[]) {
    const first = { q: 0, ms: quantiles[0].ms };
    const last = { q: 1, ms: quantiles[quantiles.length - 1].ms };
    const knots = [first, ...quantiles, last];
    const lines = knots
      .slice(1)
      .map((end, index) => ({ start: knots[index], end }))
      .filter(({ start, end }) => end.q > start.q);
    this.line = new Choice(Float64Array.from(lines, ({ end }) => end.q));
    this.starts = Float64Array.from(lines, ({ start }) => start.q);
    this.slopes = Float64Array.from(lines, ({ start, end }) => (end.ms - start.ms) / (end.q - start.q));
    this.startsMs = Float64Array.from(lines, ({ start }) => start.ms);
    this.endsMs = Float64Array.from(lines, ({ end }) => end.ms);
  }

  /** The duration in ms below which lies this probability, which is in [0, 1). */
  at(probability: number): number {
    const line = this.line.at(probability);
    const ms = this.startsMs[line] + (probability - this.starts[line]) * this.slopes[line];
    return Math.min(ms, this.endsMs[line]);
  }
}

function guideTo(cumulative: Float64Array): Int32Array {
  const guide = new Int32Array(cumulative.length);
  for (let cell = 0, index = 0; cell < guide.length; cell++) {
    while (cumulative[index] <= cell / guide.length) index++;
    guide[cell] = index;
  }
  return guide;
}
