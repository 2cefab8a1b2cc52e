import {
  DEFAULT_ARRIVALS,
  DEFAULT_LINK_WITHIN,
  DEFAULT_RETRY,
  DEFAULT_VALUES,
} from '../../src/model/spec/defaults';
import type { ExperimentSpec } from '../../src/model/spec/experiment';
import { DEFAULT_READS } from '../../src/protocols/single-leader/settings/reads';
import { WITHOUT_FAILOVER } from './without-failover';

export interface LeaderCrashSettings {
  readonly reads: 'LEADER' | 'NEAREST' | 'ANY_FOLLOWER';
  readonly durationMs: number;
  /** Null: no fault. */
  readonly crashAtMs: number | null;
  /** Of the links between datacenters; their medians are 15, 50 and 45 ms either way. */
  readonly latency: 'LOGNORMAL' | 'CONSTANT';
}

/**
 * Documents 1 and 2 of the API without failover: three regions, one leader, asynchronous replication; the leader
 * crashes for a third.
 */
export function leaderCrashSpec(settings: Partial<LeaderCrashSettings> = {}): ExperimentSpec {
  const { reads, durationMs, crashAtMs, latency } = { ...DEFAULTS, ...settings };
  const restartAfterMs = durationMs / 3;
  return {
    cluster: {
      name: 'seoul-tokyo-uswest',
      datacenters: ['seoul', 'tokyo', 'us-west'].map((name) => ({ name, nodes: 1 })),
      nodes: null,
      links: [
        link(['seoul', 'tokyo'], 15, latency),
        link(['seoul', 'us-west'], 50, latency),
        link(['tokyo', 'us-west'], 45, latency),
      ],
      nodeProfile: { serviceTime: { constant: { ms: 0.05 } }, fsync: { constant: { ms: 0.5 } } },
      clocks: [],
      replication: {
        singleLeader: {
          ...WITHOUT_FAILOVER,
          leaderDatacenter: 'seoul',
          reads: { ...DEFAULT_READS, policy: reads },
        },
      },
    },
    workload: {
      durationMs,
      warmupMs: 0,
      clients: [
        { datacenter: 'seoul', sessions: 20, ratePerSecond: 200, arrivals: DEFAULT_ARRIVALS },
        { datacenter: 'us-west', sessions: 10, ratePerSecond: 50, arrivals: DEFAULT_ARRIVALS },
      ],
      readShare: 0.8,
      keys: { count: 1000, distribution: { zipfian: { exponent: 0.99 } } },
      values: DEFAULT_VALUES,
      invariants: [],
      timeoutMs: 1000,
      retry: DEFAULT_RETRY,
      valueBytes: 1000,
      probe: null,
    },
    faults:
      crashAtMs === null
        ? []
        : [{ crash: { node: 'seoul-1', atMs: crashAtMs, restartAfterMs, inFlight: 'LOST' } }],
    nemesis: null,
  };
}

const DEFAULTS: LeaderCrashSettings = {
  reads: 'NEAREST',
  durationMs: 12_000,
  crashAtMs: 4_000,
  latency: 'LOGNORMAL',
};

function link(
  between: readonly [string, string],
  medianMs: number,
  latency: LeaderCrashSettings['latency'],
): ExperimentSpec['cluster']['links'][number] {
  if (latency === 'CONSTANT')
    return { ...DEFAULT_LINK_WITHIN, between, latency: { constant: { ms: medianMs } } };
  return { ...DEFAULT_LINK_WITHIN, between, latency: { lognormal: { medianMs, sigma: 0.2 } } };
}
