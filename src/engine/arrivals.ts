import { invariant } from '../model/invariant';
import { RateCurve } from '../model/spec/rate-curve';
import type { ClientGroupSpec } from '../model/spec/workload';
import type { Random } from './random';

const enum Law {
  /** Gaps of one mean: exponential above a least one. */
  Even,
  Constant,
  /** A rate that changes with time. */
  Curve,
}

interface Settings {
  readonly law: Law;
  readonly startMs: number;
  readonly gapMs: number;
  readonly minimumGapMs: number;
  /** Null: it is drawn. */
  readonly phase: number | null;
  readonly curve: RateCurve | null;
}

/**
 * When the operations of a client group in an open loop come, in simulated milliseconds. One class and a switch, as for distributions.
 *
 * Independent arrivals of a changing rate are those of rate 1 on a clock that shows the expected number of arrivals so far
 * (Çinlar 1975): inverting that clock is exact, takes constant time, and every arrival costs one draw, whatever the curve.
 */
export class Arrivals {
  private readonly law: Law;
  private readonly startMs: number;
  private readonly gapMs: number;
  private readonly minimumGapMs: number;
  private readonly curve: RateCurve | null;
  /** Of constant gaps: how many arrivals were told, and where in its gap each comes, 0 … 1. */
  private count = 0;
  private phase: number | null;

  private constructor({ law, startMs, gapMs, minimumGapMs, phase, curve }: Settings) {
    this.law = law;
    this.startMs = startMs;
    this.gapMs = gapMs;
    this.minimumGapMs = minimumGapMs;
    this.phase = phase;
    this.curve = curve;
  }

  /**
   * Good for one run of the group.
   *
   * @param startMs when the clients start
   */
  static of({ arrivals, ratePerSecond }: ArrivingGroup, startMs: number): Arrivals {
    const none = { startMs, gapMs: 0, minimumGapMs: 0, phase: 0, curve: null };
    invariant(
      ratePerSecond !== null,
      'clients in an open loop without a rate: the workload was not validated',
    );
    const meanMs = 1000 / ratePerSecond;
    if ('poisson' in arrivals) {
      const { minimumGapMs } = arrivals.poisson;
      return new Arrivals({ ...none, law: Law.Even, minimumGapMs, gapMs: meanMs - minimumGapMs });
    }
    if ('constant' in arrivals) {
      const phase = arrivals.constant.phase === 'RANDOM' ? null : 0;
      return new Arrivals({ ...none, law: Law.Constant, gapMs: meanMs, phase });
    }
    return new Arrivals({ ...none, law: Law.Curve, curve: RateCurve.of(arrivals, ratePerSecond) });
  }

  /**
   * The next arrival, never before `nowMs`, the time of the arrival before it, at first the start.
   *
   * One draw each time, but constant gaps draw their phase, if at all, the first time.
   */
  nextMs(nowMs: number, random: Random): number {
    switch (this.law) {
      case Law.Even:
        return nowMs + (this.minimumGapMs + random.exponential() * this.gapMs);
      case Law.Constant:
        return this.startMs + (this.phaseOf(random) + this.count++) * this.gapMs;
      case Law.Curve:
        return this.curve === null ? Infinity : this.curve.timeAfter(nowMs, random.exponential());
    }
  }

  /** The arrivals are counted from the start, so that rounding does not add up. */
  private phaseOf(random: Random): number {
    return (this.phase ??= random.uniform());
  }
}

type ArrivingGroup = Pick<ClientGroupSpec, 'arrivals' | 'ratePerSecond'>;
