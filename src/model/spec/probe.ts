import {
  DEFAULT_KEY_COUNT,
  DEFAULT_KEY_DISTRIBUTION,
  DEFAULT_READ_SHARE,
  DEFAULT_RETRY,
  DEFAULT_VALUES,
  DEFAULT_WARMUP_MS,
} from './defaults';
import { DURATION_MS_MAX, PROBE_FOUND_DELAYS_MAX } from './limits';
import type { ProbeSpec, WorkloadSpec } from './workload';

/** What a probe leaves to its user. */
type ProbeSettings = Pick<WorkloadSpec, 'timeoutMs' | 'valueBytes'> & {
  readonly probe: ProbeSpec;
  /** The cluster's first; null in a cluster without. */
  readonly datacenter: string | null;
};

/**
 * The workload of a probe: one session that never thinks, and half of whose operations are reads.
 *
 * It ends with its last probe, or after thirty days. It depends on no setting of the probe, so that a stored experiment
 * stays valid when one of them is changed. `keys` is not what is used: see `keyCountOf`.
 */
export function probeWorkload({ probe, datacenter, timeoutMs, valueBytes }: ProbeSettings): WorkloadSpec {
  const arrivals = { closedLoop: { thinkTime: { constant: { ms: 0 } } } };
  return {
    durationMs: DURATION_MS_MAX,
    warmupMs: DEFAULT_WARMUP_MS,
    clients: [{ datacenter, sessions: 1, ratePerSecond: null, arrivals }],
    readShare: DEFAULT_READ_SHARE,
    keys: { count: DEFAULT_KEY_COUNT, distribution: DEFAULT_KEY_DISTRIBUTION },
    values: DEFAULT_VALUES,
    invariants: [],
    timeoutMs,
    retry: DEFAULT_RETRY,
    valueBytes,
    probe,
  };
}

/** Probes of a run, at most: fewer only where it looks for the delays itself. */
export function probesOf({ writes, readDelaysMs }: ProbeSpec): number {
  return writes * (readDelaysMs === null ? PROBE_FOUND_DELAYS_MAX : readDelaysMs.length);
}

/** How many keys a run may use: every probe writes a fresh one. */
export function keyCountOf({ keys, probe }: Pick<WorkloadSpec, 'keys' | 'probe'>): number {
  return probe === null ? keys.count : probesOf(probe);
}
