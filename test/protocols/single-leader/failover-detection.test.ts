import { describe, expect, it } from '@jest/globals';
import { exactly } from '../../engine/scene';
import {
  A1,
  B1,
  B2,
  messagesNamed,
  noticesOf,
  playFailover,
  QUICK,
  TIMEOUT_MS,
  traceFailover,
  type FailoverScene,
} from './failover-scene';

const crashAt = (atMs: number): FailoverScene => ({
  faults: [{ crash: { node: 'a-1', atMs, restartAfterMs: null } }],
});

/** From a crash until somebody says that the leader is dead. */
function detectionMs(scene: FailoverScene, atMs: number): number {
  const run = playFailover({ ...scene, ...crashAt(atMs), workload: { durationMs: 2000 } });
  return noticesOf(run, 'DECLARED_DEAD')[0].atMs - atMs;
}

describe('signs of life', () => {
  it('[SL22] go to all nodes every heartbeat interval', () => {
    const beats = messagesNamed(traceFailover({ workload: { durationMs: 500 } }), 'HEARTBEAT');
    const sent = beats.filter(({ sentAtMs }) => sentAtMs > 0 && sentAtMs < 500);
    expect(sent.map(({ from, to, sentAtMs }) => [from, to, sentAtMs])).toEqual(
      [100, 200, 300, 400].flatMap((atMs) => [
        [A1, B1, atMs],
        [A1, B2, atMs],
      ]),
    );
  });

  it('[SL22] are work of the leader like any other: each leaves when its service is over', () => {
    const scene = { serviceTime: exactly(7), workload: { durationMs: 250, readShare: 1, clients: [IDLE] } };
    const beats = messagesNamed(traceFailover(scene), 'HEARTBEAT').filter(({ to }) => to === B1);
    expect(beats.map(({ sentAtMs }) => sentAtMs).slice(0, 3)).toEqual([7, 107, 207]);
  });

  it('[SL22] come more often where the lag is bounded, so that followers know how fresh they are', () => {
    const scene: FailoverScene = {
      reads: { policy: 'LAG_BOUNDED', maxLagMs: 100 },
      workload: { durationMs: 100 },
    };
    const beats = messagesNamed(traceFailover(scene), 'HEARTBEAT').filter(({ to }) => to === B1);
    expect(beats.map(({ sentAtMs }) => sentAtMs).slice(1, 4)).toEqual([25, 50, 75]);
  });

  it('do not keep a run from coming to rest', () => {
    const run = playFailover({ workload: { durationMs: 300 } });
    expect(run.settles[0].atMs).toBeLessThan(400);
  });
});

const IDLE = { datacenter: 'a', sessions: 1, ratePerSecond: 1 };

describe('a follower that hears no sign of life', () => {
  const moments = Array.from({ length: 21 }, (_, index) => 1000 + 5.3 * index);

  it('[SL22] says after more than misses − 1 and at most misses intervals from its crash that the leader is dead', () => {
    for (const atMs of moments) {
      const took = detectionMs({}, atMs);
      expect(took).toBeGreaterThanOrEqual((QUICK.misses - 1) * QUICK.heartbeatIntervalMs);
      expect(took).toBeLessThanOrEqual(QUICK.misses * QUICK.heartbeatIntervalMs);
    }
  });

  it('[SL22] says so by the number of misses', () => {
    const times = [2, 3, 5].map((misses) => detectionMs({ failover: { misses } }, 1050));
    // The last sign of life came at 1010.
    expect(times).toEqual([160, 260, 460]);
  });

  it('[SL22] waits for timeoutMs instead, if there is one', () => {
    const times = [50, 250, 700].map((timeoutMs) => detectionMs({ failover: { timeoutMs } }, 1005));
    // The last sign of life came at 910; shorter than the interval, it is always over.
    expect(times[1]).toBe(155);
    expect(times[2]).toBe(605);
    expect(times[0]).toBeLessThan(0);
  });

  it('[SL22] names the leader, and what it really was is told with the failover', () => {
    const run = playFailover(crashAt(1050));
    expect(noticesOf(run, 'DECLARED_DEAD').map(({ node, about, atMs }) => [node, about, atMs])).toEqual([
      [B1, A1, 1310],
      [B2, A1, 1310],
    ]);
    expect(run.failovers).toMatchObject([{ detectedAtMs: 1310, condition: 'DOWN', oldLeader: A1 }]);
  });

  it('[SL22] does so of a leader that has never shown one', () => {
    expect(detectionMs({}, 0)).toBe(TIMEOUT_MS);
  });

  it('[SL22] counts from its restart, if it was down itself', () => {
    const faults = [
      { crash: { node: 'b-1', atMs: 900, restartAfterMs: 150 } },
      { crash: { node: 'a-1', atMs: 1000, restartAfterMs: null } },
    ];
    const dead = noticesOf(playFailover({ faults }), 'DECLARED_DEAD');
    expect(dead.map(({ node, atMs }) => [node, atMs])).toEqual([[B2, 910 + TIMEOUT_MS]]);
  });

  it('does not watch anybody where failover is not enabled', () => {
    const run = playFailover({ ...crashAt(500), failover: { enabled: false } });
    expect(run.notices).toEqual([]);
    expect(run.leaderships.map(({ kind, epoch }) => [kind, epoch])).toEqual([
      ['BEGAN', 1],
      ['BEGAN', 1],
    ]);
  });
});

describe('a leader that is alive', () => {
  const slow = (ratePerSecond: number, timeoutMs: number | null): FailoverScene => ({
    serviceTime: exactly(5),
    failover: { timeoutMs },
    workload: {
      durationMs: 3000,
      clients: [{ datacenter: 'a', sessions: 2000, ratePerSecond }],
      timeoutMs: 60_000,
    },
  });

  it('[SL22] is held for dead when it is so overloaded that its signs of life wait for longer than the time-out', () => {
    const run = playFailover(slow(900, null));
    const [{ about }] = noticesOf(run, 'DECLARED_DEAD');
    expect(about).toBe(A1);
    expect(run.failovers[0]).toMatchObject({ condition: 'RUNNING', reachedNodes: 3 });
  });

  it('[SL22] is not with less load, or with a longer time-out', () => {
    expect(playFailover(slow(100, null)).notices).toEqual([]);
    expect(playFailover(slow(210, 2500)).notices).toEqual([]);
  });

  it('[SL22] is held for dead while it stands still for longer than the time-out', () => {
    const pause = (durationMs: number) =>
      playFailover({ faults: [{ pause: { node: 'a-1', atMs: 1050, durationMs } }] });
    expect(noticesOf(pause(200), 'DECLARED_DEAD')).toEqual([]);
    expect(pause(400).failovers).toMatchObject([{ condition: 'PAUSED' }]);
  });
});
