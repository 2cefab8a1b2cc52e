import type { Distribution, EmpiricalLaw, Quantile } from '../model/spec/distribution';
import { exp } from './deterministic-math/exp';
import { gamma } from './deterministic-math/gamma';
import { normalCumulative, normalDensity } from './deterministic-math/normal-law';

/** Of mean to standard deviation: beyond it the normal density is less than the least double. */
const RATIO_MAX = 40;

/** The mean of a law of durations in ms, with the same bits on every machine; Infinity for a Pareto of shape 1 or less. */
export function meanMsOf(law: Distribution): number {
  if ('constant' in law) return law.constant.ms;
  if ('uniform' in law) return law.uniform.minMs + (law.uniform.maxMs - law.uniform.minMs) / 2;
  if ('normal' in law) return meanOfTruncatedNormal(law.normal);
  if ('exponential' in law) return law.exponential.offsetMs + law.exponential.meanMs;
  if ('lognormal' in law)
    return law.lognormal.medianMs * exp((law.lognormal.sigma * law.lognormal.sigma) / 2);
  if ('pareto' in law) return meanOfPareto(law.pareto);
  if ('weibull' in law) return law.weibull.scaleMs * gamma(1 + 1 / law.weibull.shape);
  if ('mixture' in law) {
    const { components } = law.mixture;
    const total = components.reduce((sum, { weight }) => sum + weight, 0);
    return components.reduce(
      (sum, { weight, distribution }) => sum + (weight / total) * meanMsOf(distribution),
      0,
    );
  }
  return meanOfEmpirical(law.empirical);
}

/** μ + σ φ(μ/σ) / Φ(μ/σ). */
function meanOfTruncatedNormal({
  meanMs,
  standardDeviationMs,
}: {
  readonly meanMs: number;
  readonly standardDeviationMs: number;
}): number {
  if (standardDeviationMs === 0) return meanMs;
  const ratio = meanMs / standardDeviationMs;
  // So far above 0 nothing is cut off, and the density of a ratio without end is no number.
  if (ratio > RATIO_MAX) return meanMs;
  return meanMs + (standardDeviationMs * normalDensity(ratio)) / normalCumulative(ratio);
}

function meanOfPareto({ scaleMs, shape }: { readonly scaleMs: number; readonly shape: number }): number {
  if (scaleMs === 0) return 0;
  return shape > 1 ? (scaleMs * shape) / (shape - 1) : Infinity;
}

function meanOfEmpirical(law: EmpiricalLaw): number {
  if ('samplesMs' in law) return law.samplesMs.reduce((sum, ms) => sum + ms, 0) / law.samplesMs.length;
  const { quantiles } = law;
  const last = quantiles[quantiles.length - 1];
  const ends = quantiles[0].q * quantiles[0].ms + (1 - last.q) * last.ms;
  return quantiles.slice(1).reduce((sum, end, index) => sum + areaUnder(quantiles[index], end), ends);
}

function areaUnder(start: Quantile, end: Quantile): number {
  return (end.q - start.q) * ((start.ms + end.ms) / 2);
}
