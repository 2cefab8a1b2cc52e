/** Of the standard normal law, for intervals of 95 %. */
const Z = 1.959963984540054;

/**
 * Wilson's interval of 95 % for a probability of which a share of trials is known.
 *
 * @param trials at least 1
 * Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, 1927.
 */
export function wilsonInterval({
  successes,
  trials,
}: {
  readonly successes: number;
  readonly trials: number;
}): { readonly low: number; readonly high: number } {
  const share = successes / trials;
  const spread = (Z * Z) / trials;
  const middle = share + spread / 2;
  const half = Math.sqrt(spread * (share * (1 - share) + spread / 4));
  return {
    low: successes === 0 ? 0 : (middle - half) / (1 + spread),
    high: successes === trials ? 1 : (middle + half) / (1 + spread),
  };
}
