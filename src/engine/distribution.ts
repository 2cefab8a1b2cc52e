import type { Distribution as DistributionSpec } from '../model/spec/distribution';
import { exp } from './deterministic-math/exp';
import type { Random } from './random';

const enum Law {
  Constant,
  Uniform,
  Exponential,
  Lognormal,
}

/** A law of durations in milliseconds. One class and a switch: a family of classes would slow the place that samples. */
export class Distribution {
  private constructor(
    private readonly law: Law,
    /** The constant, the least value, the offset, or the median. */
    private readonly baseMs: number,
    /** The width, the mean above the offset, or σ. */
    private readonly spread: number,
  ) {}

  static of(spec: DistributionSpec): Distribution {
    if ('constant' in spec) return new Distribution(Law.Constant, spec.constant.ms, 0);
    if ('uniform' in spec) {
      const { minMs, maxMs } = spec.uniform;
      return new Distribution(Law.Uniform, minMs, maxMs - minMs);
    }
    if ('exponential' in spec) {
      const { offsetMs, meanMs } = spec.exponential;
      return new Distribution(Law.Exponential, offsetMs, meanMs);
    }
    const { medianMs, sigma } = spec.lognormal;
    return new Distribution(Law.Lognormal, medianMs, sigma);
  }

  /** Every sample is 0. */
  get isZero(): boolean {
    return this.law === Law.Constant && this.baseMs === 0;
  }

  get meanMs(): number {
    switch (this.law) {
      case Law.Constant:
        return this.baseMs;
      case Law.Uniform:
        return this.baseMs + this.spread / 2;
      case Law.Exponential:
        return this.baseMs + this.spread;
      case Law.Lognormal:
        return this.baseMs * exp((this.spread * this.spread) / 2);
    }
  }

  sample(random: Random): number {
    switch (this.law) {
      case Law.Constant:
        return this.baseMs;
      case Law.Uniform:
        return this.baseMs + this.spread * random.uniform();
      case Law.Exponential:
        return this.baseMs + this.spread * random.exponential();
      case Law.Lognormal:
        return this.baseMs * exp(this.spread * random.normal());
    }
  }
}
