/** How large an input may be. Each limit is named in the error of the input that passes it. */
export const NAME_CHARACTERS_MAX = 100;
export const IDEMPOTENCY_KEY_CHARACTERS_MAX = 200;
export const LIST_ITEMS_MAX = 1000;

export const NODES_MAX = 1000;
export const DATACENTERS_MAX = 100;
export const LATENCY_MS_MAX = 3_600_000;
export const SIGMA_MAX = 10;
/** Of a Pareto or Weibull law: below, a sample may pass any sensible duration; above, it is a constant in all but name. */
export const SHAPE_MIN = 0.1;
export const SHAPE_MAX = 1000;
export const WEIGHT_MAX = 1_000_000_000;
export const MIXTURE_COMPONENTS_MAX = 100;
/** A mixture of mixtures of mixtures. */
export const MIXTURE_DEPTH_MAX = 3;
export const QUANTILES_MAX = 1000;
export const SAMPLES_MAX = 10_000;

/** How many times longer a slow link or disk may take. */
export const FACTOR_MAX = 1_000_000;
/** A clock may be wrong by a year in either direction, and may stand still or run at double speed. */
export const CLOCK_OFFSET_MS_MAX = 31_536_000_000;
export const DRIFT_PPM_MAX = 1_000_000;

/** Shorter, a run would consist of signs of life. */
export const HEARTBEAT_INTERVAL_MS_MIN = 0.1;
export const LAG_BOUND_MS_MIN = 0.1;

/** Thirty simulated days. */
export const DURATION_MS_MAX = 2_592_000_000;
export const SESSIONS_MAX = 100_000;
export const RATE_PER_SECOND_MAX = 1_000_000_000;
/** How much faster a burst, or the peak of a day, may be than the rest. */
export const RATE_FACTOR_MAX = 1_000_000;
export const KEYS_MAX = 1_000_000;
export const ZIPFIAN_EXPONENT_MAX = 10;
export const VALUE_BYTES_MAX = 16_777_216;
/** Of an increment, in either direction. */
export const INCREMENT_MAX = 1_000_000_000;
export const INVARIANTS_MAX = 1000;
export const KEY_NAME_CHARACTERS_MAX = 100;
export const CART_ITEMS_MAX = 1_000_000;
export const ATTEMPTS_MAX = 100;
export const BACKOFF_FACTOR_MAX = 100;
export const PROBE_WRITES_MAX = 1_000_000;
export const PROBE_READ_DELAYS_MAX = 100;
/** How many delays a probe may come to that looks for them itself. */
export const PROBE_FOUND_DELAYS_MAX = 40;

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

/** Beginnings and ends of the scheduled faults of a run: each waits in the event queue from the start. */
export const FAULT_STEPS_PER_RUN_MAX = 100_000;
/** Expected faults of a run's nemesis: they are drawn one after the other. */
export const NEMESIS_FAULTS_PER_RUN_MAX = 1_000_000;
/** Expected changes of a run's nodes and links (ordered pairs of nodes and client groups) by its faults. */
export const FAULT_CHANGES_PER_RUN_MAX = 50_000_000;

export const SEED_MAX = 18_446_744_073_709_551_615n;

/** Rows of one write. */
export const ROWS_PER_WRITE_MAX = 10_000;
export const SHARDS_MAX = 100;
/** Every node holds a log of every shard. */
export const SHARDS_TIMES_NODES_MAX = 1000;
/** Entries that are in the logs of all nodes before a run begins. */
export const INITIAL_LOG_ENTRIES_MAX = 10_000_000;
/** Of signs of life that may stay away before a leader is given up. */
export const MISSES_MAX = 1000;
