import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { disagreements, quorumProblems, roundTripQuantileMs } from '../../bench/expectations';
import { compilePlainC } from '../../bench/harness/plain-c';
import { playKernel } from '../../bench/kernel';
import { leaderlessSubject, measuredLeaderlessSubject } from '../../bench/rows/leaderless';
import { measuredSingleLeaderSubject, singleLeaderSubject } from '../../bench/rows/single-leader';
import { REFERENCE, type QuorumLoad } from '../../bench/workload';

const load: QuorumLoad = { ...REFERENCE, operations: 60_000 };
const ofFive: QuorumLoad = { ...load, replicas: 5, writeQuorum: 3 };

describe('the law of the reference workload', () => {
  it.each([
    ['the median of reads', 0.5, 1, 0.8418],
    ['the 99th percentile of reads', 0.99, 1, 2.8947],
    ['the 99th percentile of writes', 0.99, 2, 4.5447],
    ['the 99.9th percentile of writes', 0.999, 2, 5.9334],
  ])('gives %s', (_, share, k, expectedMs) => {
    expect(roundTripQuantileMs(share, { n: 3, k })).toBeCloseTo(expectedMs, 4);
  });
});

describe('the reference workload', () => {
  it.each([
    ['N = 3, W = 2, R = 1', load],
    ['N = 5, W = 3, R = 1', ofFive],
    ['few pending events', { ...load, ratePerMs: 1 }],
    ['thousands of pending events', { ...load, ratePerMs: 1000 }],
  ])('obeys its law on the kernel: %s', (_, some) => {
    expect(quorumProblems(playKernel(some).quorum, some)).toEqual([]);
  });

  it('obeys its law on the whole engine', () => {
    expect(leaderlessSubject.play(load).findings().problems).toEqual([]);
  });

  it('is the same run when everything is measured', () => {
    expect(measuredLeaderlessSubject.play({ ...load, operations: 20_000 }).findings().problems).toEqual([]);
  });

  const itWithCompiler = spawnSync('cc', ['--version']).status === 0 ? it : it.skip;

  itWithCompiler('obeys its law in plain C, with the counters that are known for seed 1', async () => {
    const plainC = await compilePlainC();
    if (plainC === null) throw new Error('reference/quorum.c does not compile');
    try {
      const { quorum, problems, events } = await plainC.player.play({ ...REFERENCE, operations: 1_000_000 });
      expect(problems).toEqual([]);
      expect(events).toBe(7_000_000);
      expect(quorum).toMatchObject({ writes: 499_943, staleReads: 6689, versionsBehind: 6866 });
    } finally {
      await plainC.remove();
    }
  });

  it.each([
    ['a write acknowledged too early', { ...load, writeQuorum: 1 }],
    ['a read answered too late', { ...load, readQuorum: 2 }],
    ['an operation too few', { ...load, operations: load.operations - 1 }],
    ['twice the arrivals', { ...load, ratePerMs: 100 }],
    ['more keys', { ...load, keys: 400 }],
  ])('is not taken for %s', (_, other) => {
    expect(quorumProblems(playKernel(other).quorum, load)).not.toEqual([]);
  });

  it('is not compared with a program that finds other stale reads', () => {
    const { quorum } = playKernel(load);
    expect(disagreements(quorum, playKernel({ ...load, seed: 2 }).quorum)).toEqual([]);
    expect(disagreements(quorum, playKernel({ ...load, writeQuorum: 1 }).quorum)).not.toEqual([]);
  });
});

describe('the single leader of the bench', () => {
  it.each([singleLeaderSubject, measuredSingleLeaderSubject])('gives what it should: $name', ({ play }) => {
    expect(play({ ...load, operations: 30_000 }).findings().problems).toEqual([]);
  });
});
