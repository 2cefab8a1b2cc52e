import {
  DEFAULT_ARRIVALS,
  DEFAULT_IN_FLIGHT,
  DEFAULT_LINK_WITHIN,
  DEFAULT_RETRY,
  DEFAULT_VALUES,
} from '../src/model/spec/defaults';
import type { ExperimentSpec } from '../src/model/spec/experiment';
import type { FaultSpec } from '../src/model/spec/fault';
import { DEFAULT_FAILOVER } from '../src/protocols/single-leader/settings/failover';
import { DEFAULT_READS } from '../src/protocols/single-leader/settings/reads';
import { DEFAULT_SINGLE_LEADER } from '../src/protocols/single-leader/settings/settings';
import { REFERENCE, sessionsOf, type QuorumLoad } from './workload';

/** What a single leader plays: rate, operations, keys and seed of the load; it has no quorums. */
export const SINGLE_LEADER_LOAD: QuorumLoad = { ...REFERENCE, operations: 1_000_000 };

const SERVICE_MS = 0.002;
const FSYNC_MS = 0.05;
/** Every second the follower that nobody reads from is down for so long. */
const DOWN_MS = 300;

/**
 * A leader in a, a follower in b that crashes again and again, a follower in c next to the clients, who read there. Every
 * link takes 1 ms on average, exponentially, so a round trip obeys Erlang's law; nodes and disks are busy now and then.
 */
export function singleLeaderSpec({ ratePerMs, operations, keys }: QuorumLoad): ExperimentSpec {
  const law = { ...DEFAULT_LINK_WITHIN, latency: { exponential: { meanMs: 1, offsetMs: 0 } } };
  const durationMs = operations / ratePerMs;
  return {
    cluster: {
      name: 'bench',
      datacenters: ['a', 'b', 'c'].map((name) => ({ name, nodes: 1 })),
      nodes: null,
      links: [
        { between: ['a', 'b'], ...law },
        { between: ['a', 'c'], ...law },
        { between: ['b', 'c'], ...law },
        { within: 'c', ...law },
      ],
      nodeProfile: { serviceTime: { constant: { ms: SERVICE_MS } }, fsync: { constant: { ms: FSYNC_MS } } },
      clocks: [],
      replication: {
        singleLeader: {
          ...DEFAULT_SINGLE_LEADER,
          leaderDatacenter: 'a',
          reads: { ...DEFAULT_READS, policy: 'NEAREST' },
          failover: { ...DEFAULT_FAILOVER, enabled: false },
        },
      },
    },
    workload: {
      durationMs,
      warmupMs: 0,
      clients: [
        {
          datacenter: 'c',
          sessions: sessionsOf({ ratePerMs }),
          ratePerSecond: 1000 * ratePerMs,
          arrivals: DEFAULT_ARRIVALS,
        },
      ],
      readShare: 0.5,
      keys: { count: keys, distribution: { uniform: { firstKey: 0 } } },
      values: DEFAULT_VALUES,
      invariants: [],
      timeoutMs: 5000,
      retry: DEFAULT_RETRY,
      valueBytes: 1000,
      probe: null,
    },
    faults: crashes(durationMs),
    nemesis: null,
  };
}

function crashes(durationMs: number): FaultSpec[] {
  return Array.from({ length: Math.floor(durationMs / 1000) }, (_, second) => ({
    crash: { node: 'b-1', atMs: 1000 * second + 500, restartAfterMs: DOWN_MS, inFlight: DEFAULT_IN_FLIGHT },
  }));
}
