import type { Observer } from '../src/model/observer';
import {
  DEFAULT_ARRIVALS,
  DEFAULT_LINK_WITHIN,
  DEFAULT_RETRY,
  DEFAULT_VALUES,
} from '../src/model/spec/defaults';
import type { ExperimentSpec } from '../src/model/spec/experiment';
import { createSimulation } from '../src/protocols/create-simulation';

/** How fast the engine plays a single leader with two followers, one crash each: `npm run bench:engine`. */
const loads = [
  { ratePerSecond: 250, durationMs: 60_000 },
  { ratePerSecond: 10_000, durationMs: 60_000 },
  { ratePerSecond: 40_000, durationMs: 30_000 },
];

const silent: Observer = {
  operationInvoked: () => undefined,
  operationEnded: () => undefined,
  committed: () => undefined,
  applied: () => undefined,
  fault: () => undefined,
  clientsStopped: () => undefined,
  settled: () => undefined,
};

interface Load {
  readonly ratePerSecond: number;
  readonly durationMs: number;
}

function specOf({ ratePerSecond, durationMs }: Load): ExperimentSpec {
  return {
    cluster: {
      name: 'bench',
      datacenters: ['a', 'b', 'c'].map((name) => ({ name, nodes: 1 })),
      links: [
        { ...DEFAULT_LINK_WITHIN, between: ['a', 'b'], latency: { lognormal: { medianMs: 15, sigma: 0.2 } } },
        { ...DEFAULT_LINK_WITHIN, between: ['a', 'c'], latency: { lognormal: { medianMs: 50, sigma: 0.2 } } },
        { ...DEFAULT_LINK_WITHIN, between: ['b', 'c'], latency: { lognormal: { medianMs: 45, sigma: 0.2 } } },
      ],
      nodes: null,
      nodeProfile: { serviceTime: { constant: { ms: 0.005 } }, fsync: { constant: { ms: 0.5 } } },
      clocks: [],
      replication: {
        singleLeader: {
          leaderDatacenter: 'a',
          leader: null,
          acknowledgement: { mode: 'ASYNC' },
          reads: { policy: 'NEAREST' },
        },
      },
    },
    workload: {
      durationMs,
      warmupMs: 0,
      clients: ['a', 'c'].map((datacenter) => ({
        datacenter,
        sessions: 2 * ratePerSecond,
        ratePerSecond: ratePerSecond / 2,
        arrivals: DEFAULT_ARRIVALS,
      })),
      readShare: 0.5,
      keys: { count: 1000, distribution: { zipfian: { exponent: 0.99 } } },
      values: DEFAULT_VALUES,
      timeoutMs: 5000,
      retry: DEFAULT_RETRY,
      valueBytes: 1000,
      probe: null,
    },
    faults: [
      {
        crash: {
          node: 'b-1',
          atMs: durationMs / 3,
          restartAfterMs: durationMs / 10,
          inFlight: 'LOST',
        },
      },
    ],
    nemesis: null,
  };
}

function play(load: Load, seed: bigint): string {
  const began = process.hrtime.bigint();
  const simulation = createSimulation({ spec: specOf(load), seed, repetition: 0, observer: silent });
  simulation.advance(Infinity);
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const { events, simulatedOperations } = simulation;
  return [
    `${load.ratePerSecond} operations/s:`,
    `${(events / seconds / 1e6).toFixed(2)} M events/s,`,
    `${(simulatedOperations / seconds / 1e3).toFixed(0)} k operations/s,`,
    `${(events / simulatedOperations).toFixed(1)} events an operation,`,
    `heap ${(process.memoryUsage().heapUsed / 1e6).toFixed(0)} MB`,
  ].join(' ');
}

for (const load of loads) for (const seed of [1n, 2n, 3n]) console.log(play(load, seed));
