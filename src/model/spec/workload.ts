import type { Distribution } from './distribution';

/** When the operations of a client group come. The times of periodic laws count from the start of the measured duration. */
export type ArrivalSpec =
  | {
      /** Independent of each other: exponential gaps, all of them longer by `minimumGapMs`, of the same mean. */
      readonly poisson: { readonly minimumGapMs: number };
    }
  | {
      /** Equal gaps. ALIGNED: the first comes as the clients start; RANDOM: at a uniform moment of the first gap. */
      readonly constant: { readonly phase: ConstantPhase };
    }
  | {
      /** A Poisson process whose rate is `factor` times as high in the first `burstMs` of each period. */
      readonly bursts: { readonly periodMs: number; readonly burstMs: number; readonly factor: number };
    }
  | {
      /** A Poisson process whose rate climbs evenly for half a period, from the trough to the peak, and falls again. */
      readonly diurnal: { readonly periodMs: number; readonly peakToTrough: number };
    }
  | {
      /** Each session thinks, sends, waits for the end, and thinks again. */
      readonly closedLoop: { readonly thinkTime: Distribution };
    };

export const CONSTANT_PHASES = ['RANDOM', 'ALIGNED'] as const;
export type ConstantPhase = (typeof CONSTANT_PHASES)[number];

/** A group of sessions in one datacenter that share an arrival rate, or think each for itself. */
export interface ClientGroupSpec {
  /** Null in a cluster without datacenters. */
  readonly datacenter: string | null;
  readonly sessions: number;
  /** The mean of the whole group, in operations per simulated second; null in a closed loop, which has none. */
  readonly ratePerSecond: number | null;
  readonly arrivals: ArrivalSpec;
}

export type KeyDistribution =
  | { readonly uniform: { readonly firstKey: number } }
  | { readonly zipfian: { readonly exponent: number } }
  | {
      /** Both are shares, 0 … 1: of the keys that are hot, and of the operations that go to them. */
      readonly hotspot: { readonly hotKeyShare: number; readonly hotOperationShare: number };
    }
  | {
      /** Writes insert one key after the other; reads prefer the newest, by a zipfian law of the distance from it. */
      readonly latest: { readonly exponent: number };
    };

export interface KeySpec {
  readonly count: number;
  readonly distribution: KeyDistribution;
}

/** What the values are, and so what a write does to its key. Shares are shares of the writes, 0 … 1. */
export type ValueSpec =
  | {
      /** A write replaces the value, or deletes it. */
      readonly register: { readonly deleteShare: number };
    }
  | {
      /** A write adds an integer, uniform from `min` to `max`, both included; it may be negative. */
      readonly counter: { readonly increment: { readonly min: number; readonly max: number } };
    }
  | {
      /** A set: a write adds or removes one of `items` things, all alike. */
      readonly cart: { readonly items: number; readonly removeShare: number };
    }
  | {
      /** A write posts a message; a reply names the message of its own session that it answers, the one before it. */
      readonly messages: { readonly replyShare: number };
    };

/** The value of a key, or of every key, must not be below `min`. */
export interface InvariantSpec {
  /** The name of a key, `key-0` …; null: every key. */
  readonly key: string | null;
  readonly min: number;
}

/** Why an attempt of an operation did not succeed: no answer in time, or an answer that it certainly did not happen. */
export const RETRY_REASONS = ['TIMEOUT', 'FAILED'] as const;
export type RetryReason = (typeof RETRY_REASONS)[number];

export interface BackoffSpec {
  /** The longest wait before the second attempt; before each later one it is `factor` times as long, up to `maxMs`. */
  readonly initialMs: number;
  readonly factor: number;
  readonly maxMs: number;
  /** The share of that wait which chance may take off, 0 … 1. */
  readonly jitter: number;
}

/**
 * When a client tries an operation again that did not succeed. It stays one operation, and its session busy: OK if any attempt
 * is answered so, FAILED if all attempts have failed, otherwise UNKNOWN, for one that timed out may have taken effect.
 */
export interface RetrySpec {
  /** Of one operation, the first included: with 1 nothing is tried again. */
  readonly attempts: number;
  readonly backoff: BackoffSpec;
  /** In the order of `RETRY_REASONS`, each at most once. */
  readonly on: readonly RetryReason[];
}

/** One session that writes a fresh key and reads it after a delay, again and again, no two such probes overlapping. */
export interface ProbeSpec {
  /** Probes for each delay. */
  readonly writes: number;
  /** From the acknowledgement of the write to the send of the read, ascending; null: found while it runs. */
  readonly readDelaysMs: readonly number[] | null;
}

/**
 * What clients do, with every default filled in. All times in simulated milliseconds.
 *
 * With a probe the rest is what `probeWorkload` says, but for `timeoutMs` and `valueBytes`.
 */
export interface WorkloadSpec {
  readonly durationMs: number;
  /** Time before 0 in which clients work and nothing is measured. */
  readonly warmupMs: number;
  readonly clients: readonly ClientGroupSpec[];
  /** Share of reads, 0 … 1. */
  readonly readShare: number;
  readonly keys: KeySpec;
  readonly values: ValueSpec;
  /** What must hold of counters; where it does not, that is an INVARIANT. */
  readonly invariants: readonly InvariantSpec[];
  /** From the send of an attempt until its client gives it up. */
  readonly timeoutMs: number;
  readonly retry: RetrySpec;
  readonly valueBytes: number;
  readonly probe: ProbeSpec | null;
}
