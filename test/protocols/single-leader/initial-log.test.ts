import { describe, expect, it } from '@jest/globals';
import { lsnIn } from '../../support/lsn-in';
import { exactly } from '../../engine/scene';
import { appliedBy, committed } from './chronicle-views';
import { playUnder, type LeaderScene } from './leader-scene';

const writesOnly = { readShare: 0 };
const KEYS = 10;
/** Before the run the leader has written 500, and b-2 has 400 of them. */
const initialLog = [
  { node: 'a-1', lsn: 500 },
  { node: 'b-2', lsn: 400 },
];
const behind: LeaderScene = { datacenters: { a: 1, b: 2 }, workload: writesOnly, others: { initialLog } };

describe('the beginning of a run', () => {
  it.each([
    [{}, 0],
    [{ leaderDatacenter: 'b' }, 1],
    [{ leader: 'b-2' }, 2],
  ])('[SL1] has the leader that is named by %j', (named, leader) => {
    const run = playUnder({ datacenters: { a: 1, b: 2 }, workload: writesOnly, others: named });
    expect(run.leaderships).toMatchObject([{ kind: 'BEGAN', node: leader, epoch: 1, shard: 0 }]);
    expect(new Set(run.commits.map(({ node }) => node))).toEqual(new Set([leader]));
  });

  it('[SL1] finds the writes from before in the logs: the leader goes on behind its own', () => {
    const { commits } = playUnder(behind);
    expect(commits.map(({ version }) => version)).toEqual(
      commits.map((_, index) => ({ epoch: 1, lsn: 501 + index })),
    );
  });

  it('[SL1] has those who are behind catch up with the writes from before, which nobody remembers', () => {
    const run = playUnder(behind);
    const before = (from: number) => Array.from({ length: 500 - from }, (_, index) => -(from + 1 + index));
    expect(appliedBy(run, 1)).toEqual([...before(0), ...committed(run)]);
    expect(appliedBy(run, 2)).toEqual([...before(400), ...committed(run)]);
    expect(run.commits.every(({ operation }) => operation >= 0)).toBe(true);
  });

  it('[SL1] has at once on the live stream who has all that its upstream has', () => {
    const equal = ['a-1', 'b-1', 'b-2'].map((node) => ({ node, lsn: 500 }));
    const run = playUnder({ ...behind, others: { initialLog: equal } });
    for (const node of [1, 2]) expect(appliedBy(run, node)).toEqual(committed(run));
  });

  it('[SL1] sends what is missing as a catch-up does: in batches of 256', () => {
    const run = playUnder({ ...behind, fsync: exactly(1), workload: { readShare: 1 } });
    const moments = (node: number) => [
      ...new Set(run.applications.filter(({ replica }) => replica === node).map(({ atMs }) => atMs)),
    ];
    // The question and each answer take 10 ms, each flush 1.
    expect(moments(1)).toEqual([21, 42]);
    expect(moments(2)).toEqual([21]);
  });

  it('[SL1] leaves the keys empty that those writes were of, and shows their versions', () => {
    const [{ states }] = playUnder({ ...behind, workload: { readShare: 1 } }).settles;
    for (const { versions, values } of states) {
      expect(values).toEqual(Array(KEYS).fill(null));
      expect(versions.map(lsnIn)).toEqual(Array.from({ length: KEYS }, (_, key) => 491 + key));
    }
  });
});
