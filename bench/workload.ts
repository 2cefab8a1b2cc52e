/** The load of a quorum play; `docs/performance.md` says what happens in it. Every program of the bench takes the same. */
export interface QuorumLoad {
  /** N. */
  readonly replicas: number;
  /** W: a write is acknowledged by its W-th acknowledgement. */
  readonly writeQuorum: number;
  /** R: a read is answered by its R-th reply. */
  readonly readQuorum: number;
  readonly keys: number;
  /** Poisson arrivals per simulated millisecond. */
  readonly ratePerMs: number;
  readonly operations: number;
  /** 0 … 2^31 − 1. */
  readonly seed: number;
}

/** Sessions of the worlds that play it: an operation waits while its session is busy, and with so many that is one of thirty. */
export function sessionsOf({ ratePerMs }: Pick<QuorumLoad, 'ratePerMs'>): number {
  return Math.max(100, 40 * ratePerMs);
}

/** The reference workload, without the number of its operations. */
export const REFERENCE: Omit<QuorumLoad, 'operations'> = {
  replicas: 3,
  writeQuorum: 2,
  readQuorum: 1,
  keys: 100,
  ratePerMs: 50,
  seed: 1,
};

export interface LatencyPercentiles {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
}

/** What a quorum play found; two programs are compared by it before their times are. Milliseconds. */
export interface QuorumStatistics {
  readonly reads: number;
  readonly writes: number;
  readonly staleReads: number;
  /** Over all stale reads: how many versions behind the newest acknowledged as they began. */
  readonly versionsBehind: number;
  readonly readMs: LatencyPercentiles;
  readonly writeMs: LatencyPercentiles;
}

/** Each operation is one arrival, N deliveries and N answers. */
export function eventsPerOperation({ replicas }: Pick<QuorumLoad, 'replicas'>): number {
  return 1 + 2 * replicas;
}
