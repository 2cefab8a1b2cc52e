/** How large an input may be. Each limit is named in the error of the input that passes it. */
export const NAME_CHARACTERS_MAX = 100;
export const IDEMPOTENCY_KEY_CHARACTERS_MAX = 200;
export const LIST_ITEMS_MAX = 1000;

export const NODES_MAX = 1000;
export const DATACENTERS_MAX = 100;
export const LATENCY_MS_MAX = 3_600_000;
export const SIGMA_MAX = 10;

/** Thirty simulated days. */
export const DURATION_MS_MAX = 2_592_000_000;
export const SESSIONS_MAX = 100_000;
export const RATE_PER_SECOND_MAX = 1_000_000_000;
export const KEYS_MAX = 1_000_000;
export const ZIPFIAN_EXPONENT_MAX = 10;
export const VALUE_BYTES_MAX = 16_777_216;

/** Expected operations of one run: rate × (warm-up + duration). */
export const OPERATIONS_PER_RUN_MAX = 10_000_000;
/** Expected applies of one run: writes × nodes. */
export const APPLIES_PER_RUN_MAX = 200_000_000;
/** Every node keeps a version of every key. */
export const NODES_TIMES_KEYS_MAX = 20_000_000;
/** Events of one run: some days of simulating. */
export const EVENT_BUDGET_MAX = 1_000_000_000_000;
/** Expected operations of all runs of an experiment. */
export const OPERATIONS_PER_EXPERIMENT_MAX = 10_000_000_000;
export const RUNS_PER_EXPERIMENT_MAX = 100_000;

export const SEED_MAX = 18_446_744_073_709_551_615n;
