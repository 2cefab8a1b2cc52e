/**
 * The law of a duration in milliseconds. Exactly one variant is present; it is named after its only key.
 *
 * Whoever keeps a law keeps it unchanged: the engine remembers its tables by the identity of the object.
 */
export type Distribution =
  | { readonly constant: { readonly ms: number } }
  | { readonly uniform: { readonly minMs: number; readonly maxMs: number } }
  /** Mean and standard deviation are those of the whole law; what would be below 0 is left out, which raises the mean. */
  | { readonly normal: { readonly meanMs: number; readonly standardDeviationMs: number } }
  | { readonly exponential: { readonly meanMs: number; readonly offsetMs: number } }
  | { readonly lognormal: { readonly medianMs: number; readonly sigma: number } }
  /** The scale is the least duration; P(more than x) = (scale / x)^shape. */
  | { readonly pareto: { readonly scaleMs: number; readonly shape: number } }
  /** P(more than x) = e^−(x / scale)^shape. */
  | { readonly weibull: { readonly scaleMs: number; readonly shape: number } }
  | { readonly mixture: { readonly components: readonly MixtureComponent[] } }
  | { readonly empirical: EmpiricalLaw };

export interface MixtureComponent {
  /** Its share of the sum of all weights is its probability. */
  readonly weight: number;
  readonly distribution: Distribution;
}

/** What was measured: some quantiles, with straight lines between them, or all the samples. */
export type EmpiricalLaw =
  /** Both numbers rise. Below the first q every duration is the first, above the last the last. */
  | { readonly quantiles: readonly Quantile[] }
  /** Each is equally likely. */
  | { readonly samplesMs: readonly number[] };

export interface Quantile {
  /** The share of durations below, 0 … 1. */
  readonly q: number;
  readonly ms: number;
}
