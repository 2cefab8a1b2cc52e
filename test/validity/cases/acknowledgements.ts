import type { ValidityCase } from '../validity-case';

const FOLLOWERS = 3;
const MEAN_MS = 1;
/** Forty mean legs from one write to the next: none waits behind another. */
const WRITES_PER_SECOND = 25;
const NOTHING = { constant: { ms: 0 } };

interface Legs {
  readonly outbound: object;
  readonly back: object;
}

type WriteWait = Pick<ValidityCase, 'name' | 'source' | 'expected' | 'errorShareMax'> & {
  readonly acknowledgement: object;
  readonly legs: Legs;
  readonly repetitions: number;
};

/** How long a write waits for three followers in b; its client stands beside the leader in a, and nothing else takes time. */
function writeWait({ acknowledgement, legs, repetitions, ...expectation }: WriteWait): ValidityCase {
  return {
    ...expectation,
    unit: 'ms',
    experiment: {
      name: expectation.name,
      repetitions,
      cluster: {
        name: 'one leader, three followers',
        datacenters: [
          { name: 'a', nodes: 1 },
          { name: 'b', nodes: FOLLOWERS },
        ],
        links: [
          { from: 'a', to: 'b', latency: legs.outbound },
          { from: 'b', to: 'a', latency: legs.back },
          { within: 'a', latency: NOTHING },
          { within: 'b', latency: NOTHING },
        ],
        nodeProfile: { serviceTime: NOTHING, fsync: NOTHING },
        replication: { singleLeader: { leader: 'a-1', acknowledgement, failover: { enabled: false } } },
      },
      workload: {
        durationMs: 200_000,
        readShare: 0,
        clients: [
          {
            datacenter: 'a',
            sessions: 100,
            ratePerSecond: WRITES_PER_SECOND,
            arrivals: { constant: { phase: 'RANDOM' } },
          },
        ],
      },
    },
    measure: (result) => result.operationLatency({ kind: 'WRITE' }).meanMs ?? NaN,
    door: {
      selection: 'operationLatency(kind: WRITE) { mean }',
      read: ({ operationLatency }) => operationLatency.mean,
    },
  };
}

/** 1 + 1/2 + … + 1/n: the mean of the largest of n exponential variables of mean 1. */
function harmonic(n: number): number {
  return n === 0 ? 0 : 1 / n + harmonic(n - 1);
}

type Choice = Pick<ValidityCase, 'source' | 'expected'> & {
  readonly mode: 'ANY' | 'SEMI_SYNC' | 'FIRST';
  readonly count: number;
};

function oneOfThree({ mode, count, source, expected }: Choice): ValidityCase {
  return writeWait({
    name: `${mode} ${count} of ${FOLLOWERS}: the wait of a write, exponential legs`,
    source,
    expected,
    errorShareMax: 0.005,
    acknowledgement: { mode, count },
    legs: { outbound: { exponential: { meanMs: MEAN_MS } }, back: NOTHING },
    repetitions: 20,
  });
}

const COUNTS = [1, 2, 3];

export const ACKNOWLEDGEMENTS: readonly ValidityCase[] = [
  ...(['ANY', 'SEMI_SYNC'] as const).flatMap((mode) =>
    COUNTS.map((count) => {
      const expected = MEAN_MS * (harmonic(FOLLOWERS) - harmonic(FOLLOWERS - count));
      return oneOfThree({ mode, count, source: 'm · (H(n) − H(n − k))', expected });
    }),
  ),
  ...COUNTS.map((count) =>
    oneOfThree({ mode: 'FIRST', count, source: 'm · H(k)', expected: MEAN_MS * harmonic(count) }),
  ),
  writeWait({
    name: 'synchronous to all: the wait of a write',
    source: 'the round trip',
    expected: 12,
    errorShareMax: 0.005,
    acknowledgement: { mode: 'SYNC' },
    legs: { outbound: { constant: { ms: 7 } }, back: { constant: { ms: 5 } } },
    repetitions: 2,
  }),
];
