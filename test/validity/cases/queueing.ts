import type { ValidityCase } from '../validity-case';

/** One node with exponential service of mean 1 ms; its clients are at no distance, and only read. */
function oneServer(load: number): ValidityCase {
  return {
    name: `M/M/1: time in the system at load ${load}`,
    source: 'S / (1 − ρ)',
    unit: 'ms',
    expected: 1 / (1 - load),
    errorShareMax: 0.02,
    experiment: {
      name: 'one server',
      repetitions: 20,
      cluster: {
        name: 'one server',
        datacenters: [{ name: 'a', nodes: 1 }],
        links: [{ within: 'a', latency: { constant: { ms: 0 } } }],
        nodeProfile: { serviceTime: { exponential: { meanMs: 1 } } },
        replication: { singleLeader: { failover: { enabled: false } } },
      },
      workload: {
        warmupMs: 2000,
        durationMs: 40_000,
        readShare: 1,
        clients: [{ datacenter: 'a', sessions: 20_000, ratePerSecond: 1000 * load }],
      },
    },
    measure: (result) => result.operationLatency({ kind: 'READ' }).meanMs ?? NaN,
    door: {
      selection: 'operationLatency(kind: READ) { mean }',
      read: ({ operationLatency }) => operationLatency.mean,
    },
  };
}

export const QUEUEING = [0.3, 0.5, 0.8].map(oneServer);
