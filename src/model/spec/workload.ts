/** A group of sessions in one datacenter that share an arrival rate (Poisson, open loop). */
export interface ClientGroupSpec {
  /** Null in a cluster without datacenters. */
  readonly datacenter: string | null;
  readonly sessions: number;
  /** Of the whole group, in operations per simulated second. */
  readonly ratePerSecond: number;
}

export type KeyDistribution =
  { readonly uniform: { readonly firstKey: number } } | { readonly zipfian: { readonly exponent: number } };

export interface KeySpec {
  readonly count: number;
  readonly distribution: KeyDistribution;
}

/** What clients do, with every default filled in. All times in simulated milliseconds. */
export interface WorkloadSpec {
  readonly durationMs: number;
  /** Time before 0 in which clients work and nothing is measured. */
  readonly warmupMs: number;
  readonly clients: readonly ClientGroupSpec[];
  /** Share of reads, 0 … 1. */
  readonly readShare: number;
  readonly keys: KeySpec;
  /** From the send of an operation until its client gives it up as unknown. */
  readonly timeoutMs: number;
  readonly valueBytes: number;
}
