import { describe, expect, it } from '@jest/globals';
import type { Fencing } from '../../../src/protocols/single-leader/settings/failover';
import { exactly, type Chronicle, type SceneFault } from '../../engine/scene';
import { writesOf } from './chronicle-views';
import { witnessElections } from './election-witness';
import {
  A1,
  B1,
  B2,
  countOf,
  measureFailover,
  noticesOf,
  playFailover,
  QUICK,
  reignsOf,
  TIMEOUT_MS,
  type FailoverScene,
} from './failover-scene';

/** Clients on both sides, who only write; their side finds its leader at once. */
const BOTH_SIDES: FailoverScene['workload'] = {
  durationMs: 4000,
  readShare: 0,
  clients: ['a', 'b'].map((datacenter) => ({ datacenter, sessions: 100, ratePerSecond: 100 })),
};
const HEAL_MS = 2550;
const PARTED: SceneFault = {
  partition: { between: [['a'], ['b']], atMs: 1050, healAfterMs: HEAL_MS - 1050 },
};
const parted = (fencing: Fencing): FailoverScene => ({
  failover: { fencing },
  workload: BOTH_SIDES,
  faults: [PARTED],
});

/** How long two nodes held themselves for the leader at once, after all. */
function dualMs({ leaderships }: Chronicle): number {
  const leading = new Set<number>();
  let sinceMs: number | null = null;
  let total = 0;
  for (const { node, kind, atMs } of leaderships) {
    if (kind === 'BEGAN') leading.add(node);
    else leading.delete(node);
    if (leading.size > 1) sinceMs ??= atMs;
    else if (sinceMs !== null) {
      total += atMs - sinceMs;
      sinceMs = null;
    }
  }
  return total;
}

const endOf = ({ leaderships }: Chronicle, leader: number): number =>
  leaderships.find(({ node, kind }) => node === leader && kind === 'ENDED')?.atMs ?? NaN;
const beginOf = ({ leaderships }: Chronicle, leader: number): number =>
  leaderships.find(({ node, kind }) => node === leader && kind === 'BEGAN')?.atMs ?? NaN;
const acknowledgedBy = (run: Chronicle, leader: number, fromMs: number) =>
  writesOf(run).filter(
    ({ node, outcome, completedAtMs }) => outcome === 'OK' && node === leader && completedAtMs > fromMs,
  );

describe('a partition between the leader and its followers, with clients on both sides', () => {
  it('[SL29] under EPOCH has two leaders until it heals, and the old one stops at once when it hears of the other', () => {
    const run = playFailover(parted('EPOCH'));
    expect(reignsOf(run).slice(0, 2)).toEqual(['0: 0 leads in 1', '1410: 1 leads in 2']);
    const endMs = endOf(run, A1);
    // Its next sign of life is answered: at most an interval, there and back.
    expect(endMs).toBeGreaterThan(HEAL_MS);
    expect(endMs).toBeLessThanOrEqual(HEAL_MS + QUICK.heartbeatIntervalMs + 20);
    expect(dualMs(run)).toBe(endMs - 1410);
  });

  it('[SL29] under EPOCH and ASYNC loses what the old leader acknowledged meanwhile, and nothing else', () => {
    const run = playFailover(parted('EPOCH'));
    const [{ figures }] = noticesOf(run, 'TAIL_DISCARDED');
    const result = measureFailover(parted('EPOCH'));
    expect(countOf(result, 'LOST_WRITE')).toBeGreaterThan(100);
    expect(countOf(result, 'LOST_WRITE')).toBeLessThanOrEqual(figures[1] - figures[0] + 1);
    expect(countOf(result, 'SPLIT_BRAIN')).toBe(1);
    expect(result.replication.dualLeaders.olderSideLost).toBe(result.replication.dualLeaders.olderSideWrites);
  });

  it.each(['SYNC', 'ANY', 'FIRST'] as const)(
    '[SL29] under EPOCH and %s acknowledges nothing at the old leader once a successor is elected, and loses nothing',
    (mode) => {
      const scene: FailoverScene = { ...parted('EPOCH'), acknowledgement: { mode } };
      const run = playFailover(scene);
      const [{ electedAtMs }] = run.failovers;
      expect(acknowledgedBy(run, A1, electedAtMs + 10)).toEqual([]);
      if (mode === 'ANY') expect(acknowledgedBy(run, B1, electedAtMs).length).toBeGreaterThan(100);
      expect(countOf(measureFailover(scene), 'LOST_WRITE')).toBe(0);
    },
  );

  it('[SL30] under STONITH never has two leaders: the power of the old one is cut before the new one is promoted', () => {
    const run = playFailover(parted('STONITH'));
    const { stonithMs, promotionMs, stonithRestartMs } = QUICK;
    const fencedMs = 1310 + stonithMs;
    expect(run.failovers).toMatchObject([{ electedAtMs: 1310, atMs: fencedMs + promotionMs }]);
    expect(noticesOf(run, 'CUT_POWER')).toMatchObject([{ node: B1, about: A1, atMs: fencedMs }]);
    const story = run.faults.filter(({ node }) => node === A1).map(({ kind, atMs }) => [kind, atMs]);
    expect(story.slice(0, 2)).toEqual([
      ['FENCED', fencedMs],
      ['RESTART', fencedMs + stonithRestartMs],
    ]);
    expect(measureFailover(parted('STONITH')).replication.dualLeaders.totalMs).toBe(0);
  });

  it('[SL30] under STONITH and ASYNC loses what the old leader acknowledged before its power was cut', () => {
    const run = playFailover(parted('STONITH'));
    const late = acknowledgedBy(run, A1, 1060);
    expect(late.length).toBeGreaterThan(10);
    expect(Math.max(...late.map(({ completedAtMs }) => completedAtMs))).toBeLessThan(1310 + QUICK.stonithMs);
    expect(countOf(measureFailover(parted('STONITH')), 'LOST_WRITE')).toBeGreaterThanOrEqual(late.length);
  });

  it('[SL31] under NONE has two leaders until one time-out after the old one has heard of the other', () => {
    const run = playFailover(parted('NONE'));
    const endMs = endOf(run, A1);
    // The new leader's next sign of life tells it.
    expect(endMs).toBeGreaterThan(HEAL_MS + TIMEOUT_MS);
    expect(endMs).toBeLessThanOrEqual(HEAL_MS + QUICK.heartbeatIntervalMs + 10 + TIMEOUT_MS);
    expect(acknowledgedBy(run, A1, HEAL_MS).length).toBeGreaterThan(10);
    expect(dualMs(run)).toBe(endMs - beginOf(run, B1));
    expect(countOf(measureFailover(parted('NONE')), 'SPLIT_BRAIN')).toBe(1);
  });

  it('[SL31] under NONE goes on by the time-out that is set', () => {
    const ends = [400, 900].map((timeoutMs) => {
      const scene = { ...parted('NONE'), failover: { fencing: 'NONE', timeoutMs } as const };
      return endOf(playFailover(scene), A1) - timeoutMs;
    });
    expect(ends[0]).toBeCloseTo(ends[1], 6);
  });

  it.each(['EPOCH', 'STONITH', 'NONE'] as const)('%s ends with one leader and equal replicas', (fencing) => {
    const run = playFailover(parted(fencing));
    const [{ states }] = run.settles;
    expect(new Set(states.map(({ versions }) => JSON.stringify(versions))).size).toBe(1);
  });
});

describe('a follower that has promised', () => {
  /** b-1 does not hear the leader, and b-2 hears both. */
  const scene = (fencing: Fencing): FailoverScene => ({
    failover: { fencing, promotionMs: 400 },
    workload: { ...BOTH_SIDES, durationMs: 1700 },
    faults: [{ partition: { from: ['a-1'], to: ['b-1'], atMs: 1050, healAfterMs: 200 } }, PAUSE],
  });
  // The leader says nothing for as long, so that b-1 and b-2 miss it both; then it goes on.
  const PAUSE: SceneFault = { pause: { node: 'a-1', atMs: 1050, durationMs: 350 } };

  it('[SL29] takes nothing from the older leader under EPOCH, not even a sign of life, and says so', () => {
    const { run, witness } = witnessElections(scene('EPOCH'));
    const [{ atMs: electedAtMs }] = noticesOf(run, 'ELECTED');
    expect(electedAtMs).toBe(1310);
    // Elected, and not yet leading, when the old leader wakes up at 1400.
    const [told] = witness.outdated;
    expect(told).toMatchObject({ to: A1, epoch: 2, atMs: 1420 });
    expect(endOf(run, A1)).toBe(1420);
    const applied = run.applications.filter(
      ({ replica, atMs }) => replica !== A1 && atMs > electedAtMs && atMs < 1420,
    );
    expect(applied).toEqual([]);
  });

  it('[SL31] takes what the older leader sends under NONE, and tells it nothing', () => {
    const { run, witness } = witnessElections(scene('NONE'));
    expect(noticesOf(run, 'ELECTED')[0].atMs).toBe(1310);
    const applied = run.applications.filter(
      ({ replica, atMs }) => replica === B2 && atMs > 1400 && atMs < 1700,
    );
    expect(applied.length).toBeGreaterThan(0);
    expect(witness.outdated.filter(({ from }) => from === B2)).toEqual([]);
  });
});

describe('a leader that stood still for longer than the time-out, and goes on', () => {
  const paused = (fencing: Fencing, more: FailoverScene = {}): FailoverScene => ({
    failover: { fencing },
    workload: BOTH_SIDES,
    faults: [{ pause: { node: 'a-1', atMs: 1050, durationMs: 1000 } }],
    ...more,
  });
  const WAKES_MS = 2050;

  it('[SL29] hears under EPOCH that it is replaced, and stops at once', () => {
    const run = playFailover(paused('EPOCH'));
    expect(reignsOf(run)).toEqual([
      '0: 0 leads in 1',
      '1410: 1 leads in 2',
      `${WAKES_MS}: 0 leads no more in 1`,
    ]);
    expect(acknowledgedBy(run, A1, WAKES_MS - 1)).toEqual([]);
    expect(measureFailover(paused('EPOCH')).replication.failovers).toMatchObject([
      { isFalse: false, detectionMs: 260 },
    ]);
  });

  it('[SL29] refuses under EPOCH what came when it stood still, and was sent to it since', () => {
    const run = playFailover(paused('EPOCH', { workload: { ...BOTH_SIDES, timeoutMs: 5000 } }));
    const met = writesOf(run).filter(({ invokedAtMs }) => invokedAtMs > 1060 && invokedAtMs < 1440);
    expect(met.filter(({ outcome }) => outcome === 'OK')).toEqual([]);
  });

  it('[SL30] is off under STONITH, and comes back as a follower', () => {
    const run = playFailover(paused('STONITH'));
    const story = run.faults.filter(({ node }) => node === A1).map(({ kind }) => kind);
    expect(story.slice(0, 3)).toEqual(['PAUSE', 'FENCED', 'RESTART']);
    expect(run.leaderships.map(({ node, kind }) => [node, kind])).toEqual([
      [A1, 'BEGAN'],
      [B1, 'BEGAN'],
    ]);
  });

  it('[SL31] leads on under NONE for one time-out, and what it acknowledges dies', () => {
    // Clients are patient: what came when it stood still is acknowledged when it goes on.
    const scene = paused('NONE', { workload: { ...BOTH_SIDES, timeoutMs: 5000 } });
    const run = playFailover(scene);
    expect(endOf(run, A1)).toBe(WAKES_MS + TIMEOUT_MS);
    expect(acknowledgedBy(run, A1, WAKES_MS - 1).length).toBeGreaterThan(10);
    const result = measureFailover(scene);
    const { olderSideWrites, olderSideLost, totalMs } = result.replication.dualLeaders;
    expect(totalMs).toBeCloseTo(WAKES_MS + TIMEOUT_MS - 1410, 3);
    expect(olderSideWrites).toBeGreaterThan(10);
    expect(olderSideLost).toBe(olderSideWrites);
    expect(countOf(result, 'LOST_WRITE')).toBeGreaterThanOrEqual(olderSideLost);
  });
});

describe('a leader that was dead anyway', () => {
  it('[SL30] is cut off under STONITH all the same, and the promotion waits for that', () => {
    const faults = [{ crash: { node: 'a-1', atMs: 1050, restartAfterMs: null } }];
    const run = playFailover({ failover: { fencing: 'STONITH', stonithMs: 200 }, faults });
    expect(noticesOf(run, 'CUT_POWER')).toMatchObject([{ node: B1, about: A1, atMs: 1510 }]);
    expect(run.failovers).toMatchObject([{ electedAtMs: 1310, atMs: 1610 }]);
  });

  it('[SL30] is not cut off if it is back in time, and its successor gives way', () => {
    const scene: FailoverScene = {
      links: [{ between: ['a', 'b'], latency: exactly(10) }],
      failover: { fencing: 'STONITH', stonithMs: 400 },
      workload: { clients: [{ datacenter: 'a', sessions: 1000, ratePerSecond: 400 }] },
      faults: [{ crash: { node: 'a-1', atMs: 1050, restartAfterMs: 300 } }],
    };
    const run = playFailover(scene);
    expect(noticesOf(run, 'CUT_POWER')).toEqual([]);
    expect(run.leaderships.map(({ node, epoch }) => [node, epoch])).toEqual([
      [A1, 1],
      [A1, 3],
    ]);
  });
});
