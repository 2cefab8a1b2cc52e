import type { LinkLaw } from './cluster';
import type { Distribution } from './distribution';
import type { InFlight } from './fault';
import type { ArrivalSpec, ConstantPhase, KeyDistribution, RetrySpec, ValueSpec } from './workload';

/** Settings that a user may leave out: `docs/semantics.md`, defaults. Shown in the GraphQL schema. */
export const DEFAULT_LATENCY_WITHIN: Distribution = { constant: { ms: 0.25 } };
export const DEFAULT_LOSS = 0;
export const DEFAULT_DUPLICATION = 0;
export const DEFAULT_LINK_WITHIN: LinkLaw = {
  latency: DEFAULT_LATENCY_WITHIN,
  jitter: null,
  loss: DEFAULT_LOSS,
  duplication: DEFAULT_DUPLICATION,
};
export const DEFAULT_CLOCK_ERROR = 0;
export const DEFAULT_SERVICE_TIME: Distribution = { constant: { ms: 0.05 } };
export const DEFAULT_FSYNC: Distribution = { constant: { ms: 0.5 } };
export const DEFAULT_EXPONENTIAL_OFFSET_MS = 0;

export const DEFAULT_WARMUP_MS = 0;
export const DEFAULT_SESSIONS = 1;
export const DEFAULT_ARRIVALS: ArrivalSpec = { poisson: { minimumGapMs: 0 } };
export const DEFAULT_CONSTANT_PHASE: ConstantPhase = 'RANDOM';
export const DEFAULT_DIURNAL_PERIOD_MS = 86_400_000;
export const DEFAULT_READ_SHARE = 0.5;
export const DEFAULT_KEY_COUNT = 1000;
export const DEFAULT_KEY_DISTRIBUTION: KeyDistribution = { uniform: { firstKey: 0 } };
export const DEFAULT_ZIPFIAN_EXPONENT = 0.99;
/** YCSB's `hotspotdatafraction` and `hotspotopnfraction`. */
export const DEFAULT_HOT_KEY_SHARE = 0.2;
export const DEFAULT_HOT_OPERATION_SHARE = 0.8;
export const DEFAULT_VALUES: ValueSpec = { register: { deleteShare: 0 } };
export const DEFAULT_INCREMENT = { min: 1, max: 1 };
export const DEFAULT_CART_ITEMS = 10;
export const DEFAULT_REMOVE_SHARE = 0.2;
export const DEFAULT_REPLY_SHARE = 0.5;
export const DEFAULT_TIMEOUT_MS = 5000;
/** No retry; asked for, then with the full jitter and the longest wait of Amazon's SDKs (20 s). */
export const DEFAULT_RETRY: RetrySpec = {
  attempts: 1,
  backoff: { initialMs: 100, factor: 2, maxMs: 20_000, jitter: 1 },
  on: ['TIMEOUT', 'FAILED'],
};
export const DEFAULT_VALUE_BYTES = 1000;

export const DEFAULT_REPETITIONS = 1;
export const DEFAULT_SEED = '0';

export const DEFAULT_IN_FLIGHT: InFlight = 'LOST';
export const DEFAULT_FACTOR = 1;
export const DEFAULT_EXTRA_MS = 0;

/** How hard a nemesis hits: latencies and flushes take ten times as long, a tenth of the messages is lost. */
export const NEMESIS_LINK_FACTOR = 10;
export const NEMESIS_DISK_FACTOR = 10;
export const NEMESIS_LOSS = 0.1;
/** Its clock skews are uniform between minus this and this. */
export const NEMESIS_CLOCK_OFFSET_MS_MAX = 1000;
