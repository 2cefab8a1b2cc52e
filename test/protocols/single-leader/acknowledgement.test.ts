import { describe, expect, it } from '@jest/globals';
import type { Operation } from '../../../src/model/operation';
import { lsnIn } from '../../support/lsn-in';
import type { Chronicle } from '../../engine/scene';
import { exactly, type SceneFault } from '../../engine/scene';
import { readsOf, writesOf } from './chronicle-views';
import { playUnder, type LeaderScene } from './leader-scene';

/** One request, one apply of a row; one flush; one way to the followers of each datacenter. */
const SERVICE_MS = 1;
const FSYNC_MS = 3;
const [NEAR_MS, FAR_MS] = [10, 25];
/** Of a write, up to its commit. */
const COMMIT_MS = SERVICE_MS + FSYNC_MS;

/** Writes so rare that none meets another one, nor a sign of life. */
const RARELY = { datacenter: 'a', sessions: 1, ratePerSecond: 4 };

/** A leader with a follower in b, and two in c, further away; nobody shows signs of life meanwhile. */
const scene: LeaderScene = {
  datacenters: { a: 1, b: 1, c: 2 },
  links: [
    { between: ['a', 'b'], latency: exactly(NEAR_MS) },
    { between: ['a', 'c'], latency: exactly(FAR_MS) },
    { between: ['b', 'c'], latency: exactly(FAR_MS) },
  ],
  serviceTime: exactly(SERVICE_MS),
  fsync: exactly(FSYNC_MS),
  failover: { heartbeatIntervalMs: 100_000 },
  workload: {
    durationMs: 5000,
    readShare: 0,
    clients: [{ ...RARELY, arrivals: { constant: { phase: 'RANDOM' } } }],
  },
};

const latencyOf = ({ invokedAtMs, completedAtMs }: Operation) => completedAtMs - invokedAtMs;

/** That of all writes, which is the same. */
function latencyIn(run: Chronicle): number {
  const writes = writesOf(run);
  expect(writes.length).toBeGreaterThan(10);
  expect(writes.every(({ outcome }) => outcome === 'OK')).toBe(true);
  const [first, ...others] = writes.map(latencyOf);
  for (const latency of others) expect(latency).toBeCloseTo(first, 9);
  return first;
}

const remotely = (oneWayMs: number, atFollowerMs: number) => COMMIT_MS + 2 * oneWayMs + atFollowerMs;

describe('what is awaited', () => {
  it.each(['REMOTE_WRITE', 'REMOTE_FLUSH', 'REMOTE_APPLY'] as const)(
    '[SL14] is the commit alone under ASYNC, also with %s',
    (awaited) => {
      const run = playUnder({ ...scene, acknowledgement: { mode: 'ASYNC', await: awaited } });
      expect(latencyIn(run)).toBeCloseTo(COMMIT_MS, 9);
    },
  );

  it.each(['SEMI_SYNC', 'SYNC', 'FIRST', 'ANY'] as const)(
    '[SL14] is the commit alone under LOCAL_FLUSH, also with %s',
    (mode) => {
      const run = playUnder({ ...scene, acknowledgement: { mode, await: 'LOCAL_FLUSH' } });
      expect(latencyIn(run)).toBeCloseTo(COMMIT_MS, 9);
    },
  );

  it.each([
    ['REMOTE_WRITE', 0],
    ['REMOTE_FLUSH', FSYNC_MS],
    ['REMOTE_APPLY', FSYNC_MS + SERVICE_MS],
  ] as const)('[SL14] is the way to the followers and back under %s, and there %d ms', (awaited, thereMs) => {
    const run = playUnder({ ...scene, acknowledgement: { mode: 'SYNC', await: awaited } });
    expect(latencyIn(run)).toBeCloseTo(remotely(FAR_MS, thereMs), 9);
  });

  it('[SL14] is the apply of all rows under REMOTE_APPLY, of which each takes its time', () => {
    const acknowledgement = { mode: 'SYNC', await: 'REMOTE_APPLY' } as const;
    const run = playUnder({ ...scene, acknowledgement, log: { rowsPerWrite: 4 } });
    expect(latencyIn(run)).toBeCloseTo(remotely(FAR_MS, FSYNC_MS + 4 * SERVICE_MS), 9);
  });
});

describe('who is waited for', () => {
  it.each([
    ['SYNC', 1, null, FAR_MS],
    ['ANY', 1, null, NEAR_MS],
    ['ANY', 2, null, FAR_MS],
    ['ANY', 1, ['c-1', 'c-2'], FAR_MS],
    ['FIRST', 1, null, NEAR_MS],
    ['FIRST', 1, ['c-2', 'b-1'], FAR_MS],
    ['FIRST', 2, ['b-1', 'c-2', 'c-1'], FAR_MS],
    ['SEMI_SYNC', 1, null, NEAR_MS],
    ['SEMI_SYNC', 2, null, FAR_MS],
  ] as const)('[SL15] is by %s of %d and %j who is %d ms away', (mode, count, standbys, oneWayMs) => {
    const run = playUnder({ ...scene, acknowledgement: { mode, count, standbys } });
    expect(latencyIn(run)).toBeCloseTo(remotely(oneWayMs, FSYNC_MS), 9);
  });

  it('[SL15] is nobody under SYNC if nobody follows', () => {
    const run = playUnder({ ...scene, datacenters: { a: 1 }, links: [], acknowledgement: { mode: 'SYNC' } });
    expect(latencyIn(run)).toBeCloseTo(COMMIT_MS, 9);
  });

  it('[SL15] is nobody who follows a follower', () => {
    const cascading = ['c-1', 'c-2'].map((node) => ({ node, upstream: 'b-1' }));
    const run = playUnder({ ...scene, acknowledgement: { mode: 'SYNC' }, others: { cascading } });
    expect(latencyIn(run)).toBeCloseTo(remotely(NEAR_MS, FSYNC_MS), 9);
  });
});

/** A write every 50 ms by a session each, signs of life every 40: after 120 without one a follower is lost to FIRST. */
const MISSING_MS = 120;
const busy: LeaderScene = {
  ...scene,
  serviceTime: exactly(0),
  fsync: exactly(1),
  failover: { heartbeatIntervalMs: 40 },
  workload: {
    readShare: 0,
    durationMs: 4000,
    timeoutMs: 60_000,
    clients: [
      { datacenter: 'a', sessions: 200, ratePerSecond: 20, arrivals: { constant: { phase: 'ALIGNED' } } },
    ],
  },
};
const DOWN = { fromMs: 1000, toMs: 2000 };
const down = (node: string): SceneFault => ({
  crash: { node, atMs: DOWN.fromMs, restartAfterMs: DOWN.toMs - DOWN.fromMs },
});

const between = (run: Chronicle, fromMs: number, toMs: number) =>
  writesOf(run).filter(({ invokedAtMs }) => invokedAtMs > fromMs && invokedAtMs < toMs);
const longest = (operations: readonly Operation[]) => Math.max(...operations.map(latencyOf));

describe('too few followers', () => {
  it.each([
    ['SYNC', {}],
    ['ANY', { count: 3 }],
    ['FIRST', { count: 3 }],
  ] as const)('[SL15] has writes wait without end under %s', (mode, settings) => {
    const run = playUnder({ ...busy, acknowledgement: { mode, ...settings }, faults: [down('c-2')] });
    const waiting = between(run, DOWN.fromMs, DOWN.toMs);
    expect(waiting).toHaveLength(19);
    for (const { completedAtMs, outcome } of waiting) {
      expect(outcome).toBe('OK');
      expect(completedAtMs).toBeGreaterThan(DOWN.toMs);
    }
    expect(longest(between(run, DOWN.toMs + 200, 4000))).toBeCloseTo(2 * FAR_MS + 2, 9);
  });

  it('[SL15] has no write wait under ANY while enough others are left', () => {
    const run = playUnder({ ...busy, acknowledgement: { mode: 'ANY', count: 2 }, faults: [down('c-2')] });
    expect(longest(writesOf(run))).toBeCloseTo(2 * FAR_MS + 2, 9);
  });

  it('[SL15] has the next one of the list take the place of one that is lost under FIRST, and give it back', () => {
    const acknowledgement = { mode: 'FIRST', standbys: ['b-1', 'c-1'] } as const;
    const run = playUnder({ ...busy, acknowledgement, faults: [down('b-1')] });
    const [near, far] = [2 * NEAR_MS + 2, 2 * FAR_MS + 2];
    expect(longest(between(run, 0, DOWN.fromMs - near))).toBeCloseTo(near, 9);
    const noticed = between(run, DOWN.fromMs + MISSING_MS, DOWN.toMs - 1);
    for (const write of noticed) expect(latencyOf(write)).toBeCloseTo(far, 9);
    // Those that came before wait until a report of the next one shows that the first is lost.
    expect(longest(between(run, DOWN.fromMs, DOWN.fromMs + MISSING_MS))).toBeLessThan(MISSING_MS + 2 * 50);
    const back = between(run, DOWN.toMs + 200, 4000);
    for (const write of back) expect(latencyOf(write)).toBeCloseTo(near, 9);
  });

  it('[SL15] is not noticed under FIRST before the time-out: its stream is only held up', () => {
    const acknowledgement = { mode: 'FIRST', standbys: ['b-1', 'c-1'] } as const;
    const isolate = { isolate: { node: 'b-1', atMs: 1000, healAfterMs: 60 } };
    const run = playUnder({ ...busy, acknowledgement, faults: [isolate] });
    const held = between(run, 960, 1060);
    expect(longest(held)).toBeGreaterThan(2 * FAR_MS + 2);
    expect(writesOf(run).every(({ outcome }) => outcome === 'OK')).toBe(true);
  });
});

/** Writes at the leader and reads there all the time, of one key; an acknowledgement takes 21 ms, a commit 1. */
const visible: LeaderScene = {
  fsync: exactly(1),
  acknowledgement: { mode: 'SYNC' },
  workload: {
    keys: { count: 1, distribution: { uniform: { firstKey: 0 } } },
    clients: [{ datacenter: 'a', sessions: 300, ratePerSecond: 400 }],
  },
};

/** For each read, the newest of the writes that were committed, or acknowledged, when it came. */
function newestAt(run: Chronicle, of: 'COMMITTED' | 'ACKNOWLEDGED') {
  const times =
    of === 'COMMITTED'
      ? run.commits.map(({ version, atMs }) => ({ lsn: lsnIn(version), atMs }))
      : writesOf(run).map(({ version, completedAtMs }) => ({ lsn: lsnIn(version), atMs: completedAtMs }));
  return ({ invokedAtMs }: Operation) =>
    times.reduce((newest, { lsn, atMs }) => (atMs <= invokedAtMs ? Math.max(newest, lsn) : newest), 0);
}

describe('the moment in which a write shows at the leader', () => {
  it.each([
    ['AFTER_COMMIT', 'COMMITTED'],
    ['AFTER_SYNC', 'ACKNOWLEDGED'],
  ] as const)('[SL17] is under %s that in which it is %s', (waitPoint, moment) => {
    const run = playUnder({ ...visible, acknowledgement: { mode: 'SYNC', waitPoint } });
    const newest = newestAt(run, moment);
    const reads = readsOf(run);
    expect(reads.length).toBeGreaterThan(100);
    for (const read of reads) expect(lsnIn(read.version)).toBe(newest(read));
  });

  it('[SL17] is one and the same where nobody is waited for', () => {
    const [one, other] = (['AFTER_SYNC', 'AFTER_COMMIT'] as const).map(
      (waitPoint) => playUnder({ ...visible, acknowledgement: { mode: 'ASYNC', waitPoint } }).lines,
    );
    expect(one).toEqual(other);
  });

  it('[SL17] shows a reader under AFTER_COMMIT what a crash may take back, and never under AFTER_SYNC', () => {
    const seen = (waitPoint: 'AFTER_SYNC' | 'AFTER_COMMIT') => {
      const run = playUnder({ ...visible, acknowledgement: { mode: 'SYNC', waitPoint } });
      const acknowledgedAt = new Map(
        writesOf(run).map(({ version, completedAtMs }) => [lsnIn(version), completedAtMs]),
      );
      return readsOf(run).filter(
        ({ version, completedAtMs }) => (acknowledgedAt.get(lsnIn(version)) ?? 0) > completedAtMs,
      ).length;
    };
    expect(seen('AFTER_COMMIT')).toBeGreaterThan(0);
    expect(seen('AFTER_SYNC')).toBe(0);
  });
});
