import type { LatencyPercentiles, QuorumLoad, QuorumStatistics } from './workload';

/** Of the reference workload's reads: the share that is stale, and how far a long play may be from it. */
const REFERENCE_STALE_SHARE = 0.0136;
const STALE_SHARE_TOLERANCE = 0.0005;
/** How far a percentile of a long play may be from the law, as a share of it; histograms are off by up to 0.8 %. */
const PERCENTILE_TOLERANCE = 0.01;
/** A short play may be off by its chance as well: so many standard errors. */
const ERRORS = 4.5;

const SHARES = { p50: 0.5, p99: 0.99, p999: 0.999 } as const;

/**
 * The time within which the k-th fastest of n round trips is back with that probability, in milliseconds; a round trip is
 * two exponential delays of mean 1 ms (Erlang's law), all of them independent. Solved by bisection.
 */
export function roundTripQuantileMs(share: number, order: RoundTrips): number {
  let [low, high] = [0, 100];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (probabilityWithin(middle, order) < share) low = middle;
    else high = middle;
  }
  return high;
}

/** The k-th fastest of n round trips. */
export interface RoundTrips {
  readonly n: number;
  readonly k: number;
}

/** Everything in which a play of that load is wrong beyond its chance, in words; empty if it is right. */
export function quorumProblems(found: QuorumStatistics, load: QuorumLoad): readonly string[] {
  const { replicas: n, writeQuorum, readQuorum } = load;
  return [
    ...countProblems(found, load),
    ...latencyProblems('read', found.readMs, { count: found.reads, order: { n, k: readQuorum } }),
    ...latencyProblems('write', found.writeMs, { count: found.writes, order: { n, k: writeQuorum } }),
    ...staleProblems(found, load),
  ];
}

/** Where two programs disagree on the same load beyond chance, in words; for what no closed form tells. */
export function disagreements(one: QuorumStatistics, other: QuorumStatistics): readonly string[] {
  const [oneShare, otherShare] = [one, other].map(({ staleReads, reads }) => staleReads / reads);
  const error = Math.hypot(staleShareError(one), staleShareError(other));
  if (Math.abs(oneShare - otherShare) <= ERRORS * error + STALE_SHARE_TOLERANCE / 10) return [];
  return [`${percent(oneShare)} of the reads are stale, and ${percent(otherShare)} in plain C`];
}

/** Poisson arrivals of an expected number: whether so many can have come. */
export function arrivalProblems(
  arrived: number,
  { operations }: Pick<QuorumLoad, 'operations'>,
): readonly string[] {
  if (Math.abs(arrived - operations) <= ERRORS * Math.sqrt(operations)) return [];
  return [`${arrived} operations ended well, and ${operations} were expected`];
}

function countProblems({ reads, writes }: QuorumStatistics, { operations }: QuorumLoad): readonly string[] {
  if (reads + writes !== operations)
    return [`${reads} reads and ${writes} writes are not ${operations} operations`];
  const allowed = ERRORS * Math.sqrt(operations / 4);
  if (Math.abs(writes - operations / 2) <= allowed) return [];
  return [`${writes} of ${operations} operations are writes: not a half`];
}

function latencyProblems(
  kind: string,
  found: LatencyPercentiles,
  { count, order }: { readonly count: number; readonly order: RoundTrips },
): readonly string[] {
  return (['p50', 'p99', 'p999'] as const).flatMap((name) => {
    const share = SHARES[name];
    const expected = roundTripQuantileMs(share, order);
    const allowed = PERCENTILE_TOLERANCE * expected + ERRORS * quantileErrorMs(share, { count, order });
    if (Math.abs(found[name] - expected) <= allowed) return [];
    return [`${kind} ${name} is ${found[name].toFixed(4)} ms, and by the law ${expected.toFixed(4)} ms`];
  });
}

/** Only the reference workload's share is known; others are compared with plain C. */
function staleProblems(found: QuorumStatistics, load: QuorumLoad): readonly string[] {
  const { replicas, writeQuorum, readQuorum, keys, ratePerMs } = load;
  const isReference =
    replicas === 3 && writeQuorum === 2 && readQuorum === 1 && keys === 100 && ratePerMs === 50;
  const share = found.staleReads / found.reads;
  const problems: string[] = [];
  const allowed = Math.max(STALE_SHARE_TOLERANCE, ERRORS * staleShareError(found));
  if (isReference && !(Math.abs(share - REFERENCE_STALE_SHARE) <= allowed))
    problems.push(`${percent(share)} of the reads are stale, and it should be 1.36 %`);
  if (found.versionsBehind < found.staleReads)
    problems.push(`${found.staleReads} stale reads are only ${found.versionsBehind} versions behind`);
  return problems;
}

/** Stale reads come alone or in small clusters behind one late write: a little more than the binomial error. */
function staleShareError({ staleReads, reads }: QuorumStatistics): number {
  return (1.2 * Math.sqrt(Math.max(1, staleReads))) / reads;
}

/** The standard error of a quantile: √(q (1 − q) / n) over the density there. */
function quantileErrorMs(
  share: number,
  { count, order }: { readonly count: number; readonly order: RoundTrips },
): number {
  const at = roundTripQuantileMs(share, order);
  const width = at / 1000;
  const density = (probabilityWithin(at + width, order) - probabilityWithin(at - width, order)) / (2 * width);
  return Math.sqrt((share * (1 - share)) / count) / density;
}

/** At least k of n round trips are back within that time. */
function probabilityWithin(ms: number, { n, k }: RoundTrips): number {
  const one = 1 - Math.exp(-ms) * (1 + ms);
  let sum = 0;
  for (let back = k; back <= n; back++) sum += choose(n, back) * one ** back * (1 - one) ** (n - back);
  return sum;
}

function choose(n: number, k: number): number {
  let product = 1;
  for (let factor = 1; factor <= k; factor++) product = (product * (n - k + factor)) / factor;
  return product;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(3)} %`;
}
