import { describe, expect, it } from '@jest/globals';
import { about, exactly, play, type Scene, type SceneFault } from '../../engine/scene';
import {
  appliedBy,
  committed,
  faultsOf,
  isSent,
  lagsOf,
  readsOf,
  staleReadsOf,
  writesOf,
} from './chronicle-views';
import { lsnIn } from '../../support/lsn-in';

const writesOnly = { readShare: 0 };
const crash = (node: string, atMs: number, restartAfterMs: number | null): SceneFault => ({
  crash: { node, atMs, restartAfterMs },
});
const three: Scene = { datacenters: { a: 1, b: 2 } };

describe('a single leader', () => {
  it('[SL2] numbers all writes from 1 in one epoch', () => {
    const { commits } = play({ ...three, workload: writesOnly });
    expect(commits.map(({ version }) => version)).toEqual(
      commits.map((_, index) => ({ epoch: 1, lsn: index + 1 })),
    );
    expect(new Set(commits.map(({ node }) => node))).toEqual(new Set([0]));
  });

  it('[SL2] answers every write from the leader, with the version of its commit', () => {
    const run = play({
      ...three,
      workload: { clients: [{ datacenter: 'b', sessions: 5, ratePerSecond: 100 }] },
    });
    const versions = new Map(run.commits.map(({ operation, version }) => [operation, version]));
    for (const { id, node, version } of writesOf(run))
      expect({ node, version }).toEqual({ node: 0, version: versions.get(id) });
  });

  it('[SL3] commits with the flush and answers then, whatever the followers do', () => {
    const clients = [{ datacenter: 'a', sessions: 1000, ratePerSecond: 1 }];
    const run = play({
      fsync: exactly(3),
      workload: { ...writesOnly, durationMs: 20_000, clients },
      faults: [crash('b-1', 0, null)],
    });
    const [first] = run.commits;
    expect(first.atMs).toBeCloseTo((writesOf(run)[0].arrivedAtMs ?? NaN) + 3, 9);
    expect(
      writesOf(run).every(
        ({ outcome, invokedAtMs, completedAtMs }) => outcome === 'OK' && completedAtMs - invokedAtMs < 6.001,
      ),
    ).toBe(true);
  });

  it('[SL3] shows a write at the leader when it is flushed and not before', () => {
    const keys = { count: 1, distribution: { uniform: { firstKey: 0 } } };
    const run = play({
      fsync: exactly(50),
      workload: { keys, clients: [{ datacenter: 'a', sessions: 100, ratePerSecond: 300 }] },
    });
    for (const { invokedAtMs, version } of readsOf(run)) {
      const newest = run.commits.filter(({ atMs }) => atMs <= invokedAtMs).at(-1)?.version ?? null;
      expect(version).toEqual(newest);
    }
  });

  it('[SL3] sends to the followers what is flushed', () => {
    const run = play({
      fsync: exactly(3),
      workload: { ...writesOnly, clients: [{ datacenter: 'a', sessions: 99, ratePerSecond: 5 }] },
    });
    expect(lagsOf(run, 1).length).toBe(run.commits.length);
    for (const lag of lagsOf(run, 1)) expect(lag).toBeCloseTo(10 + 3, 9);
  });

  it('[SL4] commits what came during a flush together with the next one', () => {
    const clients = [{ datacenter: 'a', sessions: 1000, ratePerSecond: 100 }];
    const { commits } = play({ fsync: exactly(100), workload: { ...writesOnly, clients } });
    const moments = [...new Set(commits.map(({ atMs }) => atMs))];
    expect(commits.length).toBeGreaterThan(80);
    expect(moments.length).toBeLessThanOrEqual(11);
    for (const [index, atMs] of moments.entries())
      if (index > 0) expect(atMs - moments[index - 1]).toBeGreaterThan(99.999);
  });

  it('[SL5] has followers apply its commits in order, none twice, none left out', () => {
    const run = play({
      ...three,
      links: [{ between: ['a', 'b'], latency: about(30) }],
      fsync: about(5),
      workload: writesOnly,
    });
    for (const node of [1, 2]) expect(appliedBy(run, node)).toEqual(committed(run));
  });

  it('[SL6] shows at a follower what its own disk has flushed', () => {
    const keys = { count: 1, distribution: { uniform: { firstKey: 0 } } };
    const clients = ['a', 'b'].map((datacenter) => ({ datacenter, sessions: 100, ratePerSecond: 100 }));
    const run = play({ reads: 'NEAREST', fsync: exactly(20), workload: { keys, clients } });
    const reads = readsOf(run).filter(({ node }) => node === 1);
    expect(reads.length).toBeGreaterThan(20);
    for (const { invokedAtMs, version } of reads) {
      const applied = run.applications.filter(({ atMs }) => atMs <= invokedAtMs).length;
      expect(lsnIn(version)).toBe(applied);
    }
  });

  it('[SL6] takes service time for every entry, so that a slow follower falls behind', () => {
    const run = play({ serviceTime: exactly(15), workload: { ...writesOnly, timeoutMs: 60_000 } });
    const lags = lagsOf(run, 1);
    expect(lags[0]).toBeCloseTo(25, 9);
    expect(committed(run)).toEqual(appliedBy(run, 1));
  });

  it('[SL7] serves reads itself under LEADER, so that none is stale', () => {
    const clients = ['a', 'b'].map((datacenter) => ({ datacenter, sessions: 50, ratePerSecond: 200 }));
    const run = play({ reads: 'LEADER', fsync: about(5), workload: { clients } });
    expect(new Set(readsOf(run).map(({ node }) => node))).toEqual(new Set([0]));
    expect(staleReadsOf(run)).toBe(0);
  });

  it('[SL8] leaves reads under NEAREST to the own datacenter, to one of several by chance', () => {
    const clients = ['a', 'b'].map((datacenter) => ({ datacenter, sessions: 50, ratePerSecond: 400 }));
    const run = play({ ...three, reads: 'NEAREST', workload: { clients } });
    const nodes = (client: number) =>
      readsOf(run)
        .filter((read) => read.client === client)
        .map(({ node }) => node);
    expect(new Set(nodes(0))).toEqual(new Set([0]));
    const [one, other] = [1, 2].map((node) => nodes(1).filter((reader) => reader === node).length);
    expect(Math.abs(one - other)).toBeLessThan(4 * Math.sqrt(one + other));
  });

  it('[SL8] leaves reads under NEAREST to the least mean latency where the own datacenter has no node', () => {
    const run = play({
      datacenters: { a: 1, b: 1, c: 1, d: 0 },
      reads: 'NEAREST',
      links: [
        { between: ['a', 'b'], latency: exactly(10) },
        { between: ['a', 'c'], latency: exactly(10) },
        { between: ['b', 'd'], latency: about(6) },
        { between: ['c', 'd'], latency: exactly(5) },
        { between: ['a', 'd'], latency: { lognormal: { medianMs: 5, sigma: 1 } } },
      ],
      workload: { clients: [{ datacenter: 'd', sessions: 50, ratePerSecond: 200 }] },
    });
    expect(new Set(readsOf(run).map(({ node }) => node))).toEqual(new Set([2]));
  });

  it('[SL8] may read what is stale under NEAREST', () => {
    const clients = ['a', 'b'].map((datacenter) => ({ datacenter, sessions: 50, ratePerSecond: 200 }));
    expect(staleReadsOf(play({ reads: 'NEAREST', workload: { clients } }))).toBeGreaterThan(0);
  });

  it('[SL9] leaves reads under ANY_FOLLOWER to followers, each as often', () => {
    const run = play({
      ...three,
      reads: 'ANY_FOLLOWER',
      workload: { clients: [{ datacenter: 'a', sessions: 50, ratePerSecond: 400 }] },
    });
    const [none, one, other] = [0, 1, 2].map(
      (node) => readsOf(run).filter((read) => read.node === node).length,
    );
    expect(none).toBe(0);
    expect(Math.abs(one - other)).toBeLessThan(4 * Math.sqrt(one + other));
  });

  it('[SL9] reads under ANY_FOLLOWER itself if it is alone', () => {
    const run = play({ datacenters: { a: 1 }, links: [], reads: 'ANY_FOLLOWER' });
    expect(new Set(readsOf(run).map(({ node }) => node))).toEqual(new Set([0]));
  });

  it('[SL10] loses in a crash what it had not flushed, and nothing that it had acknowledged', () => {
    const run = play({
      fsync: exactly(20),
      workload: { ...writesOnly, timeoutMs: 100 },
      faults: [crash('a-1', 500, 200)],
    });
    const lost = writesOf(run).filter(({ id }) => isSent(run, id) && !committed(run).includes(id));
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.every(({ outcome }) => outcome === 'UNKNOWN')).toBe(true);
    const acknowledged = writesOf(run)
      .filter(({ outcome }) => outcome === 'OK')
      .map(({ id }) => id);
    expect(committed(run)).toEqual(expect.arrayContaining(acknowledged));
  });

  it('[SL10] answers the writes that come after its restart, whoever had waited before', () => {
    const run = play({
      fsync: exactly(20),
      workload: { ...writesOnly, timeoutMs: 100 },
      faults: [crash('a-1', 500, 200)],
    });
    const later = writesOf(run).filter(
      ({ id, arrivedAtMs, invokedAtMs }) => isSent(run, id) && arrivedAtMs > 700 && invokedAtMs < 1000,
    );
    expect(later.length).toBeGreaterThan(5);
    expect(later.every(({ outcome }) => outcome === 'OK')).toBe(true);
  });

  it('[SL10] may have committed a write that timed out', () => {
    const clients = [{ datacenter: 'b', sessions: 50, ratePerSecond: 200 }];
    const run = play({
      workload: { ...writesOnly, clients, timeoutMs: 100 },
      faults: [crash('a-1', 500, 200)],
    });
    const unknown = writesOf(run)
      .filter(({ outcome }) => outcome === 'UNKNOWN')
      .map(({ id }) => id);
    expect(unknown.filter((id) => committed(run).includes(id)).length).toBeGreaterThan(0);
  });

  it('[SL10] is replaced by nobody: its clients time out until it is back', () => {
    const run = play({ workload: { ...writesOnly, timeoutMs: 50 }, faults: [crash('a-1', 500, 200)] });
    const during = writesOf(run).filter(({ invokedAtMs }) => invokedAtMs > 500 && invokedAtMs < 700);
    expect(during.length).toBeGreaterThan(5);
    expect(during.every(({ outcome }) => outcome === 'UNKNOWN')).toBe(true);
    expect(
      writesOf(run)
        .filter(({ invokedAtMs }) => invokedAtMs > 700)
        .every(({ outcome }) => outcome === 'OK'),
    ).toBe(true);
  });

  it('[SL11] streams to a restarted follower what it missed, and then goes on live', () => {
    const run = play({ workload: writesOnly, faults: [crash('b-1', 300, 400)] });
    expect(appliedBy(run, 1)).toEqual(committed(run));
    const catchUp = run.applications.filter(({ atMs }) => atMs > 300).map(({ atMs }) => atMs);
    expect(catchUp[0]).toBe(720);
    expect(lagsOf(run, 1).at(-1)).toBeCloseTo(10, 9);
  });

  it('[SL11] sends a long catch-up in batches of 256, one after the other', () => {
    const clients = [{ datacenter: 'a', sessions: 1000, ratePerSecond: 2000 }];
    const run = play({ workload: { ...writesOnly, clients }, faults: [crash('b-1', 100, 500)] });
    const after = run.applications.filter(({ atMs }) => atMs >= 600);
    const sizes = [620, 640, 660].map((moment) => after.filter(({ atMs }) => atMs === moment).length);
    expect(sizes).toEqual([256, 256, 256]);
    expect(appliedBy(run, 1)).toEqual(committed(run));
  });

  it('[SL11] takes as long to apply a batch as its entries one by one', () => {
    const run = play({ serviceTime: exactly(1), workload: writesOnly, faults: [crash('b-1', 300, 400)] });
    const missed = run.commits.filter(({ atMs }) => atMs <= 711).length;
    const known = run.applications.filter(({ atMs }) => atMs <= 300).length;
    const [{ caughtUpAtMs }] = run.recoveries;
    expect(caughtUpAtMs).toBeCloseTo(721 + missed - known, 9);
  });

  it('[SL11] is not stuck by a catch-up that brings what the stream had brought already', () => {
    const clients = [{ datacenter: 'a', sessions: 10_000, ratePerSecond: 100_000 }];
    const run = play({ workload: { ...writesOnly, durationMs: 50, clients }, faults: [crash('b-1', 0, 0)] });
    expect(run.commits.length).toBeGreaterThan(1000);
    expect(appliedBy(run, 1)).toEqual(committed(run));
  });

  it('[SL12] goes on with the next number after its own restart, and its followers with it', () => {
    const links = [{ between: ['a', 'b'] as const, latency: about(30) }];
    const run = play({
      ...three,
      links,
      fsync: about(5),
      workload: writesOnly,
      faults: [crash('a-1', 500, 100)],
    });
    expect(run.commits.map(({ version }) => lsnIn(version))).toEqual(
      run.commits.map((_, index) => index + 1),
    );
    for (const node of [1, 2]) expect(appliedBy(run, node)).toEqual(committed(run));
    expect(faultsOf(run)).toEqual(['500: CRASH 0', '600: RESTART 0']);
  });

  it('[SL13] says that a follower has caught up when it has all that it was sent', () => {
    const run = play({ fsync: exactly(1), workload: writesOnly, faults: [crash('b-1', 300, 400)] });
    const [{ liveAtMs }] = run.recoveries;
    expect(liveAtMs).toBeGreaterThanOrEqual(721);
    expect(faultsOf(run)).toEqual(['300: CRASH 1', '700: RESTART 1', `${liveAtMs}: CAUGHT_UP 1`]);
    const sent = run.commits.filter(({ atMs }) => atMs + 10 < liveAtMs - 1).length;
    const applied = run.applications.filter(({ atMs }) => atMs <= liveAtMs).length;
    expect(applied).toBeGreaterThanOrEqual(sent);
  });

  it('[SL13] says so too of a follower that has missed nothing', () => {
    const run = play({ workload: { readShare: 1 }, faults: [crash('b-1', 300, 400)] });
    expect(faultsOf(run)).toEqual(['300: CRASH 1', '700: RESTART 1', '720: CAUGHT_UP 1']);
  });

  it('[SL13] says so once, also if the leader crashes in the middle', () => {
    const run = play({ workload: writesOnly, faults: [crash('b-1', 300, 400), crash('a-1', 715, 100)] });
    expect(faultsOf(run)).toEqual([
      '300: CRASH 1',
      '700: RESTART 1',
      '715: CRASH 0',
      '815: RESTART 0',
      '845: CAUGHT_UP 1',
    ]);
    expect(appliedBy(run, 1)).toEqual(committed(run));
  });
});
