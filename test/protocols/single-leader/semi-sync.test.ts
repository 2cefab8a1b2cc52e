import { describe, expect, it } from '@jest/globals';
import type { Operation } from '../../../src/model/operation';
import { exactly, type Chronicle, type SceneFault } from '../../engine/scene';
import { writesOf } from './chronicle-views';
import { playUnder, type LeaderScene } from './leader-scene';

const FSYNC_MS = 1;
const WAY_MS = 10;
const LOCAL_MS = FSYNC_MS;
const REMOTE_MS = FSYNC_MS + WAY_MS + FSYNC_MS + WAY_MS;
const TIMEOUT_MS = 300;

/** A write every 100 ms, at 0, 100 …; each by a session of its own. */
const scene: LeaderScene = {
  fsync: exactly(FSYNC_MS),
  acknowledgement: { mode: 'SEMI_SYNC', timeoutMs: TIMEOUT_MS },
  workload: {
    readShare: 0,
    durationMs: 3000,
    clients: [
      { datacenter: 'a', sessions: 30, ratePerSecond: 10, arrivals: { constant: { phase: 'ALIGNED' } } },
    ],
  },
};
const crash = (node: string, atMs: number, restartAfterMs: number | null): SceneFault => ({
  crash: { node, atMs, restartAfterMs },
});

const latencyOf = ({ invokedAtMs, completedAtMs }: Operation) => completedAtMs - invokedAtMs;
const switchesOf = ({ notices }: Chronicle) =>
  notices
    .filter(({ kind }) => kind.startsWith('SEMI_SYNC'))
    .map(({ kind, node, atMs }) => ({ kind, node, atMs }));

/** Latencies of the writes sent at those moments. */
function latenciesAt(run: Chronicle, moments: readonly number[]): readonly number[] {
  return moments.map((moment) => {
    const write = writesOf(run).find(({ invokedAtMs }) => Math.abs(invokedAtMs - moment) < 1e-6);
    return write === undefined ? NaN : latencyOf(write);
  });
}

function expectLatencies(run: Chronicle, moments: readonly number[], expected: readonly number[]): void {
  latenciesAt(run, moments).forEach((latency, index) => {
    expect(latency).toBeCloseTo(expected[index], 6);
  });
}

describe('SEMI_SYNC', () => {
  it('[SL16] waits for a follower all the time while one answers', () => {
    const run = playUnder(scene);
    for (const write of writesOf(run)) expect(latencyOf(write)).toBeCloseTo(REMOTE_MS, 6);
    expect(switchesOf(run)).toEqual([]);
  });

  it('[SL16] waits no more when the oldest write has waited for so long, and acknowledges all that waited', () => {
    const run = playUnder({ ...scene, faults: [crash('b-1', 950, null)] });
    // The writes of 1000, 1100, 1200 and, at that very moment, 1300.
    expectLatencies(
      run,
      [900, 1000, 1100, 1200],
      [REMOTE_MS, TIMEOUT_MS, TIMEOUT_MS - 100, TIMEOUT_MS - 200],
    );
    expectLatencies(run, [1400, 1500, 2900], [LOCAL_MS, LOCAL_MS, LOCAL_MS]);
    const [off] = switchesOf(run);
    expect(off).toMatchObject({ kind: 'SEMI_SYNC_OFF', node: 0 });
    expect(off.atMs).toBeCloseTo(1000 + TIMEOUT_MS, 6);
  });

  it('[SL16] waits again as soon as the follower has all of its log', () => {
    const run = playUnder({ ...scene, faults: [crash('b-1', 950, 1000)] });
    const [off, on, ...others] = switchesOf(run);
    expect(off.kind).toBe('SEMI_SYNC_OFF');
    // It restarts at 1950, asks, gets what it lacks, flushes it and says so.
    expect(on).toMatchObject({ kind: 'SEMI_SYNC_ON', node: 0 });
    expect(on.atMs).toBeCloseTo(1950 + 3 * WAY_MS + FSYNC_MS, 6);
    expect(others).toEqual([]);
    expectLatencies(run, [1900, 2000, 2900], [LOCAL_MS, REMOTE_MS, REMOTE_MS]);
  });

  it('[SL16] measures the time from the write, not from the last acknowledgement', () => {
    const run = playUnder({ ...scene, faults: [crash('b-1', 1005, null)] });
    const [off] = switchesOf(run);
    expect(off.atMs).toBeCloseTo(1000 + TIMEOUT_MS, 6);
  });

  it('[SL16] waits as long as it takes for a follower that is slow, but not too slow', () => {
    const slow = {
      slowLink: { between: ['a', 'b'], atMs: 1000, durationMs: 1000, factor: 14, extraMs: 0 },
    } as const;
    const run = playUnder({ ...scene, faults: [slow] });
    expect(switchesOf(run)).toEqual([]);
    expectLatencies(run, [1100, 1500], [2 * FSYNC_MS + 28 * WAY_MS, 2 * FSYNC_MS + 28 * WAY_MS]);
  });

  it('[SL16] goes on without waiting while one of two is missing that it waits for', () => {
    const two: LeaderScene = { ...scene, datacenters: { a: 1, b: 2 } };
    const faults = [crash('b-2', 950, 1000)];
    const both = playUnder({ ...two, acknowledgement: { ...scene.acknowledgement, count: 2 }, faults });
    expect(switchesOf(both).map(({ kind }) => kind)).toEqual(['SEMI_SYNC_OFF', 'SEMI_SYNC_ON']);
    const either = playUnder({ ...two, faults });
    expect(switchesOf(either)).toEqual([]);
    for (const write of writesOf(either)) expect(latencyOf(write)).toBeCloseTo(REMOTE_MS, 6);
  });

  it('[SL16] waits anew when the leader leads again after a crash', () => {
    const faults = [crash('b-1', 950, null), crash('a-1', 1750, 10)];
    const run = playUnder({ ...scene, faults });
    const beforeTheEnd = switchesOf(run).filter(({ atMs }) => atMs < 3000);
    expect(beforeTheEnd.map(({ kind }) => kind)).toEqual(['SEMI_SYNC_OFF', 'SEMI_SYNC_OFF']);
    expectLatencies(run, [1700, 1800, 2200], [LOCAL_MS, TIMEOUT_MS, LOCAL_MS]);
  });

  it('[SL16] goes by the time that has passed, whatever the clock of the leader says', () => {
    const clocks = [{ node: 'a-1', offsetMs: 12_345, driftPpm: 500 }];
    const run = playUnder({ ...scene, clocks, faults: [crash('b-1', 950, null)] });
    const [off] = switchesOf(run);
    expect(off.atMs).toBeCloseTo(1000 + TIMEOUT_MS, 0);
  });
});
