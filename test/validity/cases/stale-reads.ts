import type { ExperimentResult } from '../../../src/experiments/result/experiment-result';
import type { ValidityCase } from '../validity-case';

const WRITES_PER_MS = 0.05;
const LAG_MS = 10;
const NOTHING = { constant: { ms: 0 } };
/** What the readers write would take a quarter of an hour to the leader, so it plays no part. */
const NEVER = { constant: { ms: 1_000_000 } };

/** Writers at the leader in a, 50 writes a second of one key; readers in c next to the follower in b. */
function readersBehind(name: string, latency: object): ValidityCase {
  return {
    name: `stale reads behind ${name}`,
    source: '1 − e^(−λ·d), λ writes in the mean lag d',
    unit: 'share',
    expected: 1 - Math.exp(-WRITES_PER_MS * LAG_MS),
    errorShareMax: 0.015,
    experiment: {
      name: 'readers behind',
      repetitions: 20,
      cluster: {
        name: 'readers behind',
        datacenters: ['a', 'b', 'c'].map((datacenter) => ({ name: datacenter, nodes: 1 })),
        links: [
          { from: 'a', to: 'b', latency },
          { from: 'b', to: 'a', latency: NOTHING },
          { between: ['b', 'c'], latency: NOTHING },
          { from: 'c', to: 'a', latency: NEVER },
          { from: 'a', to: 'c', latency },
          ...['a', 'b', 'c'].map((within) => ({ within, latency: NOTHING })),
        ],
        nodeProfile: { serviceTime: NOTHING, fsync: NOTHING },
        replication: {
          singleLeader: { leader: 'a-1', reads: { policy: 'NEAREST' }, failover: { enabled: false } },
        },
      },
      workload: {
        durationMs: 40_000,
        readShare: 0.5,
        keys: { count: 1 },
        clients: ['a', 'c'].map((datacenter) => ({ datacenter, sessions: 5000, ratePerSecond: 100 })),
      },
    },
    measure: staleShareOfReaders,
    door: {
      selection: 'anomalies { kind count } operationLatency(kind: READ, datacenter: "c") { count }',
      read: ({ anomalies, operationLatency }) => {
        const stale = anomalies.find(({ kind }) => kind === 'STALE_READ')?.count;
        return Number(stale) / Number(operationLatency.count);
      },
    },
  };
}

/** The writers read at the leader, and never anything stale: every stale read is one of the readers'. */
function staleShareOfReaders(result: ExperimentResult): number {
  const stale = result.anomalies.find(({ kind }) => kind === 'STALE_READ')?.count ?? 0;
  return stale / result.operationLatency({ kind: 'READ', datacenter: 'c' }).count;
}

export const STALE_READS = [
  readersBehind('a constant lag', { constant: { ms: LAG_MS } }),
  readersBehind('an ordered stream with exponential latencies', { exponential: { meanMs: LAG_MS } }),
  readersBehind('an ordered stream with uniform latencies', { uniform: { minMs: 0, maxMs: 2 * LAG_MS } }),
];
