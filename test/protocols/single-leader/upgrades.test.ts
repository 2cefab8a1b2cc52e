import { describe, expect, it } from '@jest/globals';
import type { NoticeKind } from '../../../src/model/observer';
import type { LogFormat } from '../../../src/protocols/single-leader/settings/log';
import { exactly, type Chronicle, type SceneFault } from '../../engine/scene';
import { appliedBy, committed, lagsOf } from './chronicle-views';
import { playUnder, type LeaderScene } from './leader-scene';

const NAMES = ['a-1', 'b-1', 'b-2'];
const [DOWN_MS, BETWEEN_MS] = [100, 200];

/** Followers first, the leader last: b-1 is down from 500 to 600, b-2 from 800 to 900, a-1 from 1100 to 1200. */
const followersFirst: SceneFault = {
  rollingUpgrade: { nodes: ['b-1', 'b-2', 'a-1'], atMs: 500, downMs: DOWN_MS, betweenMs: BETWEEN_MS },
};
const LEADER_BACK_MS = 1200;

function sceneWith(format: LogFormat, faults: readonly SceneFault[], readShare = 0): LeaderScene {
  return {
    datacenters: { a: 1, b: 2 },
    fsync: exactly(1),
    failover: { heartbeatIntervalMs: 20 },
    log: { format },
    faults,
    workload: {
      readShare,
      durationMs: 2000,
      timeoutMs: 150,
      clients: [{ datacenter: 'a', sessions: 50, ratePerSecond: 200 }],
    },
  };
}

const told = ({ notices }: Chronicle, kind: NoticeKind) =>
  notices
    .filter((notice) => notice.kind === kind)
    .map(({ node, about }) => `${NAMES[node]}: ${NAMES[about ?? -1]}`);

function expectEqualReplicas({ settles: [{ states }] }: Chronicle): void {
  for (const { versions, values } of states) {
    expect(versions).toEqual(states[0].versions);
    expect(values).toEqual(states[0].values);
  }
}

describe('a rolling upgrade', () => {
  it.each(['ROW', 'STATEMENT'] as const)(
    '[SL19] stops nothing under %s: any version reads what any other one wrote',
    (format) => {
      const run = playUnder(sceneWith(format, [followersFirst]));
      expect(run.notices).toEqual([]);
      for (const node of [1, 2]) {
        expect(appliedBy(run, node)).toEqual(committed(run));
        expect(Math.max(...lagsOf(run, node))).toBeLessThan(DOWN_MS + 50);
      }
    },
  );

  it('[SL19] stops replication under WAL until both sides run the same version, as is told once', () => {
    const run = playUnder(sceneWith('WAL', [followersFirst]));
    expect(told(run, 'INCOMPATIBLE')).toEqual(['b-1: a-1', 'b-2: a-1']);
    expect(told(run, 'COMPATIBLE').sort()).toEqual(['b-1: a-1', 'b-2: a-1']);
    for (const { replica, atMs } of run.applications) {
      const sinceMs = replica === 1 ? 500 : 800;
      expect(atMs <= sinceMs || atMs > LEADER_BACK_MS).toBe(true);
    }
  });

  it('[SL19] is followed under WAL by a full copy to whoever lacks what was written before the upgrade', () => {
    const run = playUnder(sceneWith('WAL', [followersFirst]));
    expect(run.copies.map(({ replica }) => replica).sort()).toEqual([1, 2]);
    expect(run.copies.every(({ atMs }) => atMs > LEADER_BACK_MS)).toBe(true);
    expectEqualReplicas(run);
  });

  it('[SL19] needs no copy where nothing was written meanwhile', () => {
    const run = playUnder(sceneWith('WAL', [followersFirst], 1));
    expect(told(run, 'INCOMPATIBLE')).toEqual(['b-1: a-1', 'b-2: a-1']);
    expect(run.copies).toEqual([]);
    expect(run.faults.filter(({ kind }) => kind === 'CAUGHT_UP')).toHaveLength(2);
  });

  it('[SL19] has a follower that was not upgraded wait for its own upgrade, if the leader was first', () => {
    const leaderFirst: SceneFault = {
      rollingUpgrade: { nodes: ['a-1', 'b-1'], atMs: 500, downMs: DOWN_MS, betweenMs: BETWEEN_MS },
    };
    const run = playUnder(sceneWith('WAL', [leaderFirst]));
    expect(told(run, 'INCOMPATIBLE')).toEqual(['b-1: a-1', 'b-2: a-1']);
    // What it lacks was all written in its own version.
    expect(run.copies).toEqual([]);
    const [{ states }] = run.settles;
    expect(states[1].versions).toEqual(states[0].versions);
    expect(states[2].versions).not.toEqual(states[0].versions);
    expect(
      Math.max(...run.applications.filter(({ replica }) => replica === 2).map(({ atMs }) => atMs)),
    ).toBeLessThan(600);
  });

  it('[SL19] lets a follower read from another one of its own version what the leader wrote in another one', () => {
    const run = playUnder({
      ...sceneWith('WAL', [
        { rollingUpgrade: { nodes: ['b-1', 'b-2'], atMs: 500, downMs: DOWN_MS, betweenMs: BETWEEN_MS } },
      ]),
      others: { cascading: [{ node: 'b-2', upstream: 'b-1' }] },
    });
    expect(told(run, 'INCOMPATIBLE')[0]).toBe('b-1: a-1');
    expect(run.copies).toEqual([]);
  });
});
