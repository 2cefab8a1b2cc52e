import type { ArrivalSpec } from './workload';

/** A stretch of time in which a rate rises or falls evenly; it is above 0 at the stretch's beginning. */
interface Stretch {
  readonly lengthMs: number;
  readonly fromPerMs: number;
  readonly toPerMs: number;
}

/** Beyond so many periods nothing is simulated, and the arithmetic would no longer be exact. */
const PERIODS_MAX = 1e15;

/**
 * A rate of arrivals that repeats itself with a period, which begins at time 0: two stretches, each a straight line.
 *
 * What is between two times is a quadratic, and a square root inverts it: both exact but for rounding, with the same
 * bits on every machine, in constant time. A sine, the other model of a day, would need one of our own and a search.
 */
export class RateCurve {
  private readonly periodMs: number;
  private readonly inFirst: number;
  private readonly inPeriod: number;

  private constructor(
    private readonly first: Stretch,
    private readonly second: Stretch,
  ) {
    this.periodMs = first.lengthMs + second.lengthMs;
    this.inFirst = arrivalsIn(first, first.lengthMs);
    this.inPeriod = this.inFirst + arrivalsIn(second, second.lengthMs);
  }

  /** The curve of a law whose mean is the rate; null if its rate never changes. */
  static of(arrivals: ArrivalSpec, ratePerSecond: number): RateCurve | null {
    const meanPerMs = ratePerSecond / 1000;
    if ('bursts' in arrivals) {
      const { periodMs, burstMs, factor } = arrivals.bursts;
      const restPerMs = (meanPerMs * periodMs) / (burstMs * factor + (periodMs - burstMs));
      return new RateCurve(level(burstMs, restPerMs * factor), level(periodMs - burstMs, restPerMs));
    }
    if ('diurnal' in arrivals) {
      const { periodMs, peakToTrough } = arrivals.diurnal;
      const troughPerMs = (2 * meanPerMs) / (1 + peakToTrough);
      const peakPerMs = troughPerMs * peakToTrough;
      const lengthMs = periodMs / 2;
      const rise = { lengthMs, fromPerMs: troughPerMs, toPerMs: peakPerMs };
      return new RateCurve(rise, { lengthMs, fromPerMs: peakPerMs, toPerMs: troughPerMs });
    }
    return null;
  }

  /** The expected number of arrivals from one time to a later one, in milliseconds. */
  expectedBetween({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): number {
    return this.expectedUntil(toMs) - this.expectedUntil(fromMs);
  }

  /** The time, not before `fromMs`, until which that many arrivals are expected; Infinity if it is out of reach. */
  timeAfter(fromMs: number, arrivals: number): number {
    const period = Math.floor(fromMs / this.periodMs);
    const target = this.expectedWithin(fromMs - period * this.periodMs) + arrivals;
    const periods = Math.floor(target / this.inPeriod);
    if (!(periods <= PERIODS_MAX)) return Infinity;
    const rest = Math.max(0, target - periods * this.inPeriod);
    const withinMs =
      rest < this.inFirst
        ? timeIn(this.first, rest)
        : this.first.lengthMs + timeIn(this.second, rest - this.inFirst);
    return Math.max(fromMs, (period + periods) * this.periodMs + withinMs);
  }

  /** From time 0; negative before. */
  private expectedUntil(ms: number): number {
    const period = Math.floor(ms / this.periodMs);
    return period * this.inPeriod + this.expectedWithin(ms - period * this.periodMs);
  }

  /** @param ms from the beginning of a period */
  private expectedWithin(ms: number): number {
    const inSecondMs = ms - this.first.lengthMs;
    return inSecondMs < 0 ? arrivalsIn(this.first, ms) : this.inFirst + arrivalsIn(this.second, inSecondMs);
  }
}

function level(lengthMs: number, perMs: number): Stretch {
  return { lengthMs, fromPerMs: perMs, toPerMs: perMs };
}

function slopeOf({ lengthMs, fromPerMs, toPerMs }: Stretch): number {
  return (toPerMs - fromPerMs) / lengthMs;
}

function arrivalsIn(stretch: Stretch, ms: number): number {
  return ms * (stretch.fromPerMs + (slopeOf(stretch) * ms) / 2);
}

/** The other way about; in this form of the solution nothing cancels, and a slope of 0 needs no case of its own. */
function timeIn(stretch: Stretch, arrivals: number): number {
  const { fromPerMs, lengthMs } = stretch;
  const root = Math.sqrt(Math.max(0, fromPerMs * fromPerMs + 2 * slopeOf(stretch) * arrivals));
  return Math.min(lengthMs, (2 * arrivals) / (fromPerMs + root));
}
