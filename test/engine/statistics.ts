/** What tests of chance judge by; seeds are fixed, so a test that passes once passes always. */

/** √n · D of that size or more comes by chance once in a thousand times (Kolmogorov 1933). */
export const KOLMOGOROV_AT_0_1_PERCENT = 1.95;

/** √n times the greatest distance of the samples' distribution function from that one, which has no jumps. */
export function kolmogorovSmirnov(samples: readonly number[], cumulative: (value: number) => number): number {
  const count = samples.length;
  const sorted = Float64Array.from(samples).sort();
  let widest = 0;
  sorted.forEach((sample, index) => {
    const expected = cumulative(sample);
    widest = Math.max(widest, expected - index / count, (index + 1) / count - expected);
  });
  return widest * Math.sqrt(count);
}

/** How many of its own standard errors the mean of the samples is away from the true mean. */
export function deviationOfMean(samples: readonly number[], mean: number): number {
  const found = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  const variance = samples.reduce((sum, sample) => sum + (sample - found) ** 2, 0) / (samples.length - 1);
  return Math.abs(found - mean) / Math.sqrt(variance / samples.length);
}

/** How many standard deviations Pearson's statistic is away from what chance gives. */
export function chiSquareDeviation(counts: readonly number[], expected: readonly number[]): number {
  const statistic = counts.reduce(
    (sum, count, index) => sum + (count - expected[index]) ** 2 / expected[index],
    0,
  );
  const freedom = counts.length - 1;
  return Math.abs(statistic - freedom) / Math.sqrt(2 * freedom);
}

const HART_ABOVE = [
  0.0352624965998911, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
  221.213596169931, 220.206867912376,
];
const HART_BELOW = [
  0.0883883476483184, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
  793.826512519948, 440.413735824752,
];

/** The probability that a normal number of mean 0 and variance 1 is below, from −7 to 7, to 14 digits (Hart 1968). */
export function normalBelow(value: number): number {
  const size = Math.abs(value);
  const polynomial = (coefficients: readonly number[]): number =>
    coefficients.reduce((sum, coefficient) => sum * size + coefficient, 0);
  const beyond = (Math.exp(-0.5 * size * size) * polynomial(HART_ABOVE)) / polynomial(HART_BELOW);
  return value < 0 ? beyond : 1 - beyond;
}

const cell = new DataView(new ArrayBuffer(8));

/** The 64 bits of a double, in hexadecimal. */
export function bitsOf(value: number): string {
  cell.setFloat64(0, value);
  return cell.getBigUint64(0).toString(16).padStart(16, '0');
}
