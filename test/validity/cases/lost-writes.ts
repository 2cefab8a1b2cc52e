import type { ValidityCase } from '../validity-case';

const WRITES_PER_MS = 2;
const LAG_MS = 20;
const CRASH_AT_MS = 100;

/**
 * Writers beside the leader in a, 2000 writes a second; it crashes, and its only follower, 20 ms away in b, takes over.
 *
 * What was committed in the last 20 ms had not arrived there, and is lost. It was acknowledged if the answer, as long on
 * its way as the request, had arrived in time: what the crash took of the answers nobody counts on.
 */
function writesLostAtCrash(answerLegMs: number): ValidityCase {
  return {
    name: `writes lost at the leader's crash, answers take ${answerLegMs} ms`,
    source: answerLegMs === 0 ? 'λ · d' : 'λ · (d − the answer’s leg)',
    unit: 'operations',
    expected: WRITES_PER_MS * (LAG_MS - answerLegMs),
    errorShareMax: 0.015,
    experiment: {
      name: 'crash of an asynchronous leader',
      repetitions: 300,
      cluster: {
        name: 'leader and follower',
        datacenters: ['a', 'b'].map((datacenter) => ({ name: datacenter, nodes: 1 })),
        links: [
          { between: ['a', 'b'], latency: { constant: { ms: LAG_MS } } },
          ...['a', 'b'].map((within) => ({ within, latency: { constant: { ms: answerLegMs } } })),
        ],
        nodeProfile: { serviceTime: { constant: { ms: 0 } }, fsync: { constant: { ms: 0 } } },
        replication: {
          singleLeader: {
            leader: 'a-1',
            failover: {
              heartbeatIntervalMs: 10,
              misses: 3,
              promotionMs: 0,
              redirection: { virtualIp: { moveMs: 0 } },
            },
          },
        },
      },
      workload: {
        durationMs: 3 * CRASH_AT_MS,
        readShare: 0,
        timeoutMs: 50,
        clients: [{ datacenter: 'a', sessions: 5000, ratePerSecond: 1000 * WRITES_PER_MS }],
      },
      faults: [{ crash: { node: 'a-1', atMs: CRASH_AT_MS, restartAfterMs: CRASH_AT_MS, inFlight: 'LOST' } }],
    },
    measure: (result) => result.replication.recoveryPoint.lostWrites,
    door: {
      selection: 'recoveryPoint { lostWrites } runCount',
      read: ({ recoveryPoint, runCount }) => Number(recoveryPoint.lostWrites) / runCount,
    },
  };
}

/** Exercise 3 of the seed: the followers' logs end at 1000 and 950, the leader's at 1020, and it dies at once. */
export const EXERCISE_3: ValidityCase = {
  name: 'exercise 3: writes lost when the follower at 1000 replaces the leader at 1020',
  source: '1020 − 1000',
  unit: 'operations',
  expected: 20,
  errorShareMax: 0.01,
  experiment: {
    name: 'exercise 3',
    repetitions: 2,
    cluster: {
      name: 'exercise 3',
      nodes: 3,
      replication: {
        singleLeader: {
          initialLog: [
            { node: 'node-1', lsn: 1020 },
            { node: 'node-2', lsn: 1000 },
            { node: 'node-3', lsn: 950 },
          ],
        },
      },
    },
    workload: { durationMs: 20_000, readShare: 0, clients: [{ ratePerSecond: 10 }] },
    faults: [{ crash: { node: 'node-1', atMs: 0, restartAfterMs: 10_000 } }],
  },
  measure: (result) => result.replication.failovers[0].lostWrites,
  door: { selection: 'failovers { lostWrites }', read: ({ failovers }) => Number(failovers[0].lostWrites) },
};

export const LOST_WRITES: readonly ValidityCase[] = [writesLostAtCrash(0), writesLostAtCrash(8), EXERCISE_3];
