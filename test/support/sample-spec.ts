import type { ClusterSpec } from '../../src/model/spec/cluster';
import {
  DEFAULT_ARRIVALS,
  DEFAULT_LINK_WITHIN,
  DEFAULT_RETRY,
  DEFAULT_VALUES,
} from '../../src/model/spec/defaults';
import type { ExperimentSpec } from '../../src/model/spec/experiment';
import { DEFAULT_READS } from '../../src/protocols/single-leader/settings/reads';
import { WITHOUT_FAILOVER } from './without-failover';

/** One leader and one follower in two places, asynchronous. */
export const SAMPLE_CLUSTER: ClusterSpec = {
  name: 'pair',
  datacenters: [
    { name: 'seoul', nodes: 1 },
    { name: 'tokyo', nodes: 1 },
  ],
  nodes: null,
  links: [
    {
      ...DEFAULT_LINK_WITHIN,
      between: ['seoul', 'tokyo'],
      latency: { lognormal: { medianMs: 15, sigma: 0.2 } },
    },
  ],
  nodeProfile: { serviceTime: { constant: { ms: 0.05 } }, fsync: { constant: { ms: 0.5 } } },
  clocks: [],
  replication: {
    singleLeader: {
      ...WITHOUT_FAILOVER,
      leaderDatacenter: 'seoul',
      reads: { ...DEFAULT_READS, policy: 'NEAREST' },
    },
  },
};

/** A valid experiment of one simulated second. */
export const SAMPLE_SPEC: ExperimentSpec = {
  cluster: SAMPLE_CLUSTER,
  workload: {
    durationMs: 1000,
    warmupMs: 0,
    clients: [{ datacenter: 'seoul', sessions: 2, ratePerSecond: 100, arrivals: DEFAULT_ARRIVALS }],
    readShare: 0.5,
    keys: { count: 10, distribution: { uniform: { firstKey: 0 } } },
    values: DEFAULT_VALUES,
    invariants: [],
    timeoutMs: 5000,
    retry: DEFAULT_RETRY,
    valueBytes: 1000,
    probe: null,
  },
  faults: [{ crash: { node: 'seoul-1', atMs: 400, restartAfterMs: null, inFlight: 'LOST' } }],
  nemesis: null,
};
