import type {
  Distribution as DistributionSpec,
  EmpiricalLaw,
  MixtureComponent,
} from '../model/spec/distribution';
import { exp } from './deterministic-math/exp';
import { log } from './deterministic-math/log';
import { normalCumulative } from './deterministic-math/normal-law';
import { upperNormalQuantile } from './deterministic-math/normal-quantile';
import { meanMsOf } from './distribution-mean';
import { Choice, QuantileLines } from './inverse-law';
import type { Random } from './random';

const enum Law {
  Constant,
  Uniform,
  Exponential,
  Lognormal,
  Normal,
  TruncatedNormal,
  Pareto,
  Weibull,
  Mixture,
  Quantiles,
  Samples,
}

/** What a law needs; the rest keeps what it has here, so that all distributions have one shape. */
interface Parts {
  readonly law: Law;
  /** The constant, the least value, the offset, the mean, the median or the scale. */
  readonly baseMs?: number;
  /** The width, the mean above the offset, the standard deviation, σ, or 1 / shape. */
  readonly spread?: number;
  /** The share of a normal law that is above 0. */
  readonly mass?: number;
  readonly mixture?: { readonly choice: Choice; readonly components: readonly Distribution[] };
  readonly quantiles?: QuantileLines;
  /** Rising. */
  readonly samplesMs?: Float64Array;
}

/** So many standard deviations below the mean no normal number of `Random` lies: nothing is left to truncate. */
const UNTRUNCATED_DEVIATIONS = 6.5;

const NO_CHOICE = new Choice(Float64Array.of(1));
const NO_QUANTILES = new QuantileLines([{ q: 0, ms: 0 }]);
const NO_SAMPLES = new Float64Array(0);
const built = new WeakMap<DistributionSpec, Distribution>();

/**
 * A law of durations in milliseconds. One class and a switch: a family of classes would slow the place that samples.
 *
 * Every law samples by inversion, so that a sample rises with the number drawn: a constant draws none, a mixture two (which
 * of its components, nested ones among them, and where in it), every other law one. A parameter that changes shifts no
 * later draw. With 2^32 numbers to draw, what is rarer than 1.2e−10 does not come.
 */
export class Distribution {
  /** Infinity for a Pareto of shape 1 or less, and for a mixture that holds one; never NaN. */
  readonly meanMs: number;
  private readonly law: Law;
  private readonly baseMs: number;
  private readonly spread: number;
  private readonly mass: number;
  private readonly choice: Choice;
  private readonly components: readonly Distribution[];
  private readonly quantiles: QuantileLines;
  private readonly samplesMs: Float64Array;

  private constructor(spec: DistributionSpec) {
    const parts = partsOf(spec);
    this.meanMs = meanMsOf(spec);
    this.law = parts.law;
    this.baseMs = parts.baseMs ?? 0;
    this.spread = parts.spread ?? 0;
    this.mass = parts.mass ?? 1;
    this.choice = parts.mixture?.choice ?? NO_CHOICE;
    this.components = parts.mixture?.components ?? [];
    this.quantiles = parts.quantiles ?? NO_QUANTILES;
    this.samplesMs = parts.samplesMs ?? NO_SAMPLES;
  }

  /** One spec object gives one distribution, so that a shard of many runs builds its tables once. */
  static of(spec: DistributionSpec): Distribution {
    const known = built.get(spec);
    if (known !== undefined) return known;
    const distribution = new Distribution(spec);
    built.set(spec, distribution);
    return distribution;
  }

  /** It is the constant 0. */
  get isZero(): boolean {
    return this.law === Law.Constant && this.baseMs === 0;
  }

  /** A duration in ms, finite and never below 0. The two usual laws apart, so that their callers take them in whole. */
  sample(random: Random): number {
    const { law } = this;
    if (law === Law.Constant) return this.baseMs;
    if (law === Law.Exponential) return this.baseMs + this.spread * random.exponential();
    return this.sampleOther(law, random);
  }

  private sampleOther(law: Exclude<Law, Law.Constant | Law.Exponential>, random: Random): number {
    switch (law) {
      case Law.Uniform:
        return this.baseMs + this.spread * random.uniform();
      case Law.Lognormal:
        return this.baseMs * exp(this.spread * random.normal());
      case Law.Normal:
        return this.baseMs + this.spread * random.normal();
      case Law.TruncatedNormal:
        return this.sampleTruncated(random);
      case Law.Pareto:
        return this.baseMs * exp(this.spread * random.exponential());
      case Law.Weibull:
        return this.baseMs * exp(this.spread * log(random.exponential()));
      case Law.Mixture:
        return this.sampleMixture(random);
      case Law.Quantiles:
        return this.quantiles.at(random.probability());
      case Law.Samples:
        return this.samplesMs[random.below(this.samplesMs.length)];
    }
  }

  /** By what lies above, 1 − Φ(z) = Φ(μ/σ) (1 − p): precise in the tail, and never more than what is above 0. */
  private sampleTruncated(random: Random): number {
    const above = this.mass * (1 - random.probability());
    return Math.max(0, this.baseMs + this.spread * upperNormalQuantile(above));
  }

  /** A constant among the components draws for nothing, so that the weights shift no later draw. */
  private sampleMixture(random: Random): number {
    const component = this.components[this.choice.at(random.uniform())];
    if (component.law === Law.Constant) random.integer();
    return component.sample(random);
  }
}

function partsOf(spec: DistributionSpec): Parts {
  if ('constant' in spec) return { law: Law.Constant, baseMs: spec.constant.ms };
  if ('uniform' in spec) {
    const { minMs, maxMs } = spec.uniform;
    return { law: Law.Uniform, baseMs: minMs, spread: maxMs - minMs };
  }
  if ('exponential' in spec) {
    const { offsetMs, meanMs } = spec.exponential;
    return { law: Law.Exponential, baseMs: offsetMs, spread: meanMs };
  }
  if ('normal' in spec) {
    const { meanMs, standardDeviationMs } = spec.normal;
    const parts = { baseMs: meanMs, spread: standardDeviationMs };
    if (meanMs >= UNTRUNCATED_DEVIATIONS * standardDeviationMs) return { ...parts, law: Law.Normal };
    return { ...parts, law: Law.TruncatedNormal, mass: normalCumulative(meanMs / standardDeviationMs) };
  }
  if ('lognormal' in spec)
    return { law: Law.Lognormal, baseMs: spec.lognormal.medianMs, spread: spec.lognormal.sigma };
  if ('pareto' in spec)
    return { law: Law.Pareto, baseMs: spec.pareto.scaleMs, spread: 1 / spec.pareto.shape };
  if ('weibull' in spec)
    return { law: Law.Weibull, baseMs: spec.weibull.scaleMs, spread: 1 / spec.weibull.shape };
  if ('mixture' in spec) return mixtureOf(spec.mixture.components);
  return empirical(spec.empirical);
}

function mixtureOf(nested: readonly MixtureComponent[]): Parts {
  const leaves = leavesOf(nested);
  const choice = Choice.byWeight(leaves.map(({ weight }) => weight));
  const components = leaves.map(({ distribution }) => Distribution.of(distribution));
  return { law: Law.Mixture, mixture: { choice, components } };
}

/** The components that are no mixtures, with their probabilities. */
function leavesOf(components: readonly MixtureComponent[]): MixtureComponent[] {
  const total = components.reduce((sum, { weight }) => sum + weight, 0);
  return components.flatMap(({ weight, distribution }) => {
    const share = weight / total;
    if (!('mixture' in distribution)) return [{ weight: share, distribution }];
    return leavesOf(distribution.mixture.components).map((leaf) => ({
      ...leaf,
      weight: share * leaf.weight,
    }));
  });
}

function empirical(law: EmpiricalLaw): Parts {
  if ('quantiles' in law) return { law: Law.Quantiles, quantiles: new QuantileLines(law.quantiles) };
  return { law: Law.Samples, samplesMs: Float64Array.from(law.samplesMs).sort() };
}
