import { describe, expect, it } from '@jest/globals';
import { exactly, type SceneFault } from '../../engine/scene';
import { witnessElections } from './election-witness';
import { A1, B1, B2, noticesOf, playFailover, TIMEOUT_MS, type FailoverScene } from './failover-scene';

const down = (node: string, atMs = 0): SceneFault => ({ crash: { node, atMs, restartAfterMs: null } });

/** Nobody writes; the leader is down from the beginning, so that logs stay as they are. */
const QUIET: FailoverScene = {
  workload: { durationMs: 1500, readShare: 1, clients: [{ datacenter: 'a', sessions: 1, ratePerSecond: 1 }] },
  faults: [down('a-1')],
};

/** Logs by node, in the order of their names. */
const logs = (lsns: Readonly<Record<string, number>>) => ({
  initialLog: Object.entries(lsns).map(([node, lsn]) => ({ node, lsn })),
});

/** Who took over, in their order. */
const successorsOf = (scene: FailoverScene) =>
  playFailover(scene).failovers.map(({ newLeader }) => newLeader);

describe('whoever misses the leader', () => {
  it('[SL23] asks all nodes but that leader how far they are', () => {
    const { witness } = witnessElections({ ...QUIET, datacenters: { a: 1, b: 4 } });
    const first = witness.polls.filter(({ atMs }) => atMs <= TIMEOUT_MS);
    for (const asker of [1, 2, 3, 4])
      expect(first.filter(({ from }) => from === asker).map(({ to }) => to)).toEqual(
        [1, 2, 3, 4].filter((node) => node !== asker),
      );
  });

  it('[SL23] does not wait for the time-out if all have answered', () => {
    const [{ detectedAtMs, electedAtMs }] = playFailover({
      ...QUIET,
      datacenters: { a: 1, b: 1, c: 1 },
      links: FAR,
    }).failovers;
    // Question and answer, call, proposal and promise, each 10 ms from b to c.
    expect(electedAtMs - detectedAtMs).toBeLessThanOrEqual(50);
  });

  it('[SL23] waits for the time-out for those who do not answer, and then goes on with the majority', () => {
    const scene = { ...QUIET, datacenters: { a: 1, b: 3 }, faults: [down('a-1'), down('b-3')] };
    const [{ detectedAtMs, electedAtMs }] = playFailover(scene).failovers;
    expect(electedAtMs - detectedAtMs).toBe(TIMEOUT_MS);
  });
});

const FAR = (['a', 'b', 'c'] as const).flatMap((one, index, all) =>
  all.slice(index + 1).map((other) => ({ between: [one, other] as const, latency: exactly(10) })),
);

describe('the majority of the followers', () => {
  const cluster = (followers: number, downFollowers: number): FailoverScene => ({
    ...QUIET,
    datacenters: { a: 1, b: followers },
    faults: [down('a-1'), ...Array.from({ length: downFollowers }, (_, index) => down(`b-${index + 1}`))],
  });

  it.each([
    [1, 0],
    [2, 0],
    [3, 1],
    [4, 1],
    [5, 2],
  ])('[SL23] of %d followers, %d of them down, replaces the leader', (followers, downFollowers) => {
    expect(successorsOf(cluster(followers, downFollowers))).toEqual([1 + downFollowers]);
  });

  it.each([
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 3],
  ])(
    '[SL23] of %d followers is needed: with %d of them down nobody replaces it',
    (followers, downFollowers) => {
      const run = playFailover(cluster(followers, downFollowers));
      expect(noticesOf(run, 'DECLARED_DEAD').length).toBeGreaterThan(0);
      expect(noticesOf(run, 'ELECTED').filter(({ atMs }) => atMs < 1500)).toEqual([]);
    },
  );

  it('[SL23] is waited for: the failover comes when one more follower is back', () => {
    const faults = [down('a-1'), { crash: { node: 'b-2', atMs: 0, restartAfterMs: 800 } }];
    const run = playFailover({ ...QUIET, faults });
    expect(run.failovers).toMatchObject([{ newLeader: B1, detectedAtMs: TIMEOUT_MS }]);
    expect(run.failovers[0].atMs).toBeGreaterThan(800);
  });
});

describe('the best', () => {
  it('[SL23] is under MOST_ADVANCED_LSN the one with most of the log', () => {
    for (const [b1, b2, best] of [
      [950, 1000, B2],
      [1000, 950, B1],
      [1000, 1020, B2],
    ])
      expect(successorsOf({ ...QUIET, others: logs({ 'a-1': 1020, 'b-1': b1, 'b-2': b2 }) })).toEqual([best]);
  });

  it('[SL23] is among equals the first of the priorities, and then of the cluster', () => {
    expect(successorsOf(QUIET)).toEqual([B1]);
    expect(successorsOf({ ...QUIET, failover: { priorities: ['b-2'] } })).toEqual([B2]);
    expect(successorsOf({ ...QUIET, failover: { priorities: ['b-2', 'b-1'] } })).toEqual([B2]);
    expect(successorsOf({ ...QUIET, failover: { priorities: ['a-1', 'b-1'] } })).toEqual([B1]);
  });

  it('[SL23] has most of the log before it is the first of the priorities', () => {
    const others = logs({ 'a-1': 9, 'b-1': 9, 'b-2': 8 });
    expect(successorsOf({ ...QUIET, others, failover: { priorities: ['b-2'] } })).toEqual([B1]);
  });

  it('[SL23] is under PRIORITY the first of the priorities, however far behind', () => {
    const scene = { ...QUIET, others: logs({ 'a-1': 1020, 'b-1': 1000, 'b-2': 0 }) };
    const byPriority = (...priorities: readonly string[]) =>
      successorsOf({ ...scene, failover: { election: 'PRIORITY', priorities } });
    expect(byPriority('b-2')).toEqual([B2]);
    expect(byPriority('b-2', 'b-1')).toEqual([B2]);
    expect(byPriority('b-1', 'b-2')).toEqual([B1]);
  });

  it('[SL23] is under PRIORITY, of those that are not listed, the one with most of the log', () => {
    const scene: FailoverScene = { ...QUIET, failover: { election: 'PRIORITY', priorities: ['a-1'] } };
    expect(successorsOf({ ...scene, others: logs({ 'a-1': 9, 'b-1': 5, 'b-2': 6 }) })).toEqual([B2]);
    expect(successorsOf({ ...scene, others: logs({ 'a-1': 9, 'b-1': 6, 'b-2': 6 }) })).toEqual([B1]);
  });

  it('[SL23] is the next of the priorities when the first is down', () => {
    const scene = { ...QUIET, datacenters: { a: 1, b: 3 }, faults: [down('a-1'), down('b-3')] };
    const failover = { election: 'PRIORITY', priorities: ['b-3', 'b-2'] } as const;
    expect(successorsOf({ ...scene, failover })).toEqual([B2]);
  });
});

describe('a node that cannot lead', () => {
  it('[SL23] is no candidate while it cannot apply the log of the leader, though it has most of it', () => {
    const scene: FailoverScene = {
      datacenters: { a: 1, b: 3 },
      log: { format: 'WAL' },
      failover: { priorities: ['b-1'] },
      faults: [
        { rollingUpgrade: { nodes: ['b-1'], atMs: 500, downMs: 100, betweenMs: 0 } },
        down('a-1', 1500),
      ],
    };
    const run = playFailover(scene);
    // With its old leader, and with the new one.
    expect(noticesOf(run, 'INCOMPATIBLE').map(({ node, about }) => [node, about])).toEqual([
      [B1, A1],
      [B1, B2],
    ]);
    expect(run.failovers).toMatchObject([{ newLeader: B2 }]);
    expect(successorsOf({ ...scene, log: { format: 'ROW' } })).toEqual([B1]);
  });

  it('[SL23] is none either while it waits for an answer to its next question', () => {
    // It asks with every sign of life of the leader, the last of which came at 1510.
    const scene: FailoverScene = {
      datacenters: { a: 1, b: 3 },
      log: { format: 'WAL' },
      failover: { priorities: ['b-1'] },
      faults: [
        { rollingUpgrade: { nodes: ['b-1'], atMs: 500, downMs: 100, betweenMs: 0 } },
        down('a-1', 1515),
      ],
    };
    expect(successorsOf(scene)).toEqual([B2]);
  });

  it('[SL23] is no candidate while its data wait to be mended, though all others are behind', () => {
    // The old leader a-1 comes back with a tail, and its successor crashes while that is being mended.
    const scene: FailoverScene = {
      log: { copyBytesPerSecond: 100 },
      failover: { election: 'PRIORITY', priorities: ['a-1'] },
      workload: { durationMs: 4000, timeoutMs: 100 },
      faults: [
        { crash: { node: 'a-1', atMs: 500, restartAfterMs: 600 } },
        { crash: { node: 'b-1', atMs: 1500, restartAfterMs: null } },
      ],
    };
    const run = playFailover(scene);
    expect(noticesOf(run, 'REWIND_BEGAN')[0]).toMatchObject({ node: A1, about: B1 });
    expect(run.failovers.map(({ oldLeader, newLeader }) => [oldLeader, newLeader])).toEqual([
      [A1, B1],
      [B1, B2],
    ]);
  });
});
