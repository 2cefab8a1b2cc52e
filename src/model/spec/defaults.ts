import type { Distribution } from './distribution';
import type { KeyDistribution } from './workload';

/** Settings that a user may leave out: `docs/semantics.md`, defaults. Shown in the GraphQL schema. */
export const DEFAULT_LATENCY_WITHIN: Distribution = { constant: { ms: 0.25 } };
export const DEFAULT_SERVICE_TIME: Distribution = { constant: { ms: 0.05 } };
export const DEFAULT_FSYNC: Distribution = { constant: { ms: 0.5 } };
export const DEFAULT_EXPONENTIAL_OFFSET_MS = 0;

export const DEFAULT_WARMUP_MS = 0;
export const DEFAULT_SESSIONS = 1;
export const DEFAULT_READ_SHARE = 0.5;
export const DEFAULT_KEY_COUNT = 1000;
export const DEFAULT_KEY_DISTRIBUTION: KeyDistribution = { uniform: { firstKey: 0 } };
export const DEFAULT_ZIPFIAN_EXPONENT = 0.99;
export const DEFAULT_TIMEOUT_MS = 5000;
export const DEFAULT_VALUE_BYTES = 1000;

export const DEFAULT_REPETITIONS = 1;
export const DEFAULT_SEED = '0';
