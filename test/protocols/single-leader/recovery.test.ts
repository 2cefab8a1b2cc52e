import { describe, expect, it } from '@jest/globals';
import { exactly, type SceneFault } from '../../engine/scene';
import { playUnder, type LeaderScene } from './leader-scene';

const SERVICE_MS = 1;
const FSYNC_MS = 2;
const WAY_MS = 10;

/** A write every 100 ms, none of them while a follower comes back; no signs of life. */
const scene: LeaderScene = {
  serviceTime: exactly(SERVICE_MS),
  fsync: exactly(FSYNC_MS),
  failover: { heartbeatIntervalMs: 100_000 },
  workload: {
    readShare: 0,
    clients: [
      { datacenter: 'a', sessions: 20, ratePerSecond: 10, arrivals: { constant: { phase: 'ALIGNED' } } },
    ],
  },
};
const crash = (atMs: number, restartAfterMs: number): SceneFault => ({
  crash: { node: 'b-1', atMs, restartAfterMs },
});

describe('the five steps of a follower that was down', () => {
  it('[SL13] take the reading of its log, a way there and back, a flush, and the apply of what it missed', () => {
    const { recoveries } = playUnder({ ...scene, faults: [crash(250, 380)] });
    const missed = 4;
    const knownMs = 630 + SERVICE_MS;
    const answeredMs = knownMs + 2 * WAY_MS;
    const liveMs = answeredMs + FSYNC_MS + missed * SERVICE_MS;
    expect(recoveries).toHaveLength(1);
    expect(recoveries[0]).toMatchObject({ replica: 1, shard: 0, entries: missed, copiedBytes: 0 });
    expect(recoveries[0].restartedAtMs).toBe(630);
    expect(recoveries[0].positionKnownAtMs).toBeCloseTo(knownMs, 9);
    expect(recoveries[0].answeredAtMs).toBeCloseTo(answeredMs, 9);
    expect(recoveries[0].caughtUpAtMs).toBeCloseTo(liveMs, 9);
    expect(recoveries[0].liveAtMs).toBeCloseTo(liveMs, 9);
  });

  it('[SL13] end with the answer if nothing was missed', () => {
    const [recovery] = playUnder({ ...scene, faults: [crash(220, 40)] }).recoveries;
    const answeredMs = 260 + SERVICE_MS + 2 * WAY_MS;
    expect(recovery.entries).toBe(0);
    for (const moment of [recovery.answeredAtMs, recovery.caughtUpAtMs, recovery.liveAtMs])
      expect(moment).toBeCloseTo(answeredMs, 9);
  });

  it('[SL13] end later than the catch-up if more has come meanwhile', () => {
    const often = { datacenter: 'a', sessions: 2000, ratePerSecond: 600 };
    const run = playUnder({
      ...scene,
      workload: { ...scene.workload, clients: [often] },
      faults: [crash(250, 380)],
    });
    const [{ answeredAtMs, caughtUpAtMs, liveAtMs, entries }] = run.recoveries;
    const target = run.commits.filter(({ atMs }) => atMs <= answeredAtMs - WAY_MS).length;
    const applied = (atMs: number) => run.applications.filter((one) => one.atMs <= atMs).length;
    expect(applied(caughtUpAtMs)).toBe(target);
    expect(applied(caughtUpAtMs - SERVICE_MS / 2)).toBe(target - 1);
    expect(liveAtMs).toBeGreaterThan(caughtUpAtMs);
    // The catch-up went on while there was more, and the rest came on the stream.
    expect(entries).toBeGreaterThan(200);
  });

  it('[SL13] are those of the last restart, if it crashed again on the way', () => {
    const { recoveries } = playUnder({ ...scene, faults: [crash(250, 380), crash(640, 20)] });
    expect(recoveries).toHaveLength(1);
    expect(recoveries[0]).toMatchObject({ restartedAtMs: 660, entries: 4 });
  });

  it('[SL13] wait for a leader that is down too', () => {
    const leaderDown: SceneFault = { crash: { node: 'a-1', atMs: 610, restartAfterMs: 200 } };
    const [recovery] = playUnder({ ...scene, faults: [crash(250, 380), leaderDown] }).recoveries;
    expect(recovery.positionKnownAtMs).toBeCloseTo(630 + SERVICE_MS, 9);
    // The leader reads its log, tells that it leads, and is asked.
    expect(recovery.answeredAtMs).toBeCloseTo(810 + SERVICE_MS + 3 * WAY_MS, 9);
  });
});
