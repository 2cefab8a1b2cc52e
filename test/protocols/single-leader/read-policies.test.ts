import { describe, expect, it } from '@jest/globals';
import type { Operation } from '../../../src/model/operation';
import type { ReadSettings } from '../../../src/protocols/single-leader/settings/reads';
import { lsnIn } from '../../support/lsn-in';
import { about, exactly, type Chronicle, type SceneFault } from '../../engine/scene';
import { readsOf, writesOf } from './chronicle-views';
import { A1, B1, B2, countOf, measureFailover, playFailover, type FailoverScene } from './failover-scene';

/** A leader in a, followers in b, clients in both; few keys, so that somebody soon asks for what was written. */
const scene = (reads: Partial<ReadSettings>, more: FailoverScene = {}): FailoverScene => ({
  reads,
  ...more,
  workload: {
    durationMs: 2000,
    keys: { count: 3, distribution: { uniform: { firstKey: 0 } } },
    clients: ['a', 'b'].map((datacenter) => ({ datacenter, sessions: 10, ratePerSecond: 100 })),
    ...more.workload,
  },
});

/** Nodes where each session's reads were answered. */
function nodesBySession(run: Chronicle): readonly ReadonlySet<number | null>[] {
  const nodes = new Map<number, Set<number | null>>();
  for (const { session, node } of readsOf(run))
    nodes.set(session, (nodes.get(session) ?? new Set()).add(node));
  return [...nodes.values()];
}

describe('a sticky session', () => {
  it('[SL32] always reads at the same node, and others at another one', () => {
    const sessions = nodesBySession(playFailover(scene({ policy: 'STICKY' })));
    expect(sessions.map(({ size }) => size)).toEqual(sessions.map(() => 1));
    expect(new Set(sessions.flatMap((nodes) => [...nodes]))).toEqual(new Set([B1, B2]));
  });

  it('[SL32] does so when its node is down, and when it leads', () => {
    const faults: SceneFault[] = [{ crash: { node: 'a-1', atMs: 500, restartAfterMs: 800 } }];
    const run = playFailover(scene({ policy: 'STICKY' }, { faults }));
    expect(run.failovers).toHaveLength(1);
    expect(nodesBySession(run).every(({ size }) => size === 1)).toBe(true);
  });

  it('[SL32] reads at several nodes under ANY_FOLLOWER', () => {
    expect(nodesBySession(playFailover(scene({ policy: 'ANY_FOLLOWER' }))).some(({ size }) => size > 1)).toBe(
      true,
    );
  });
});

/** Of each read that was answered, the time since the acknowledgement of its session's last write before it was sent. */
function sinceLastWrite(run: Chronicle): readonly (Operation & { readonly sinceMs: number })[] {
  return readsOf(run).map((read) => {
    const acknowledged = writesOf(run)
      .filter(({ session, outcome }) => session === read.session && outcome === 'OK')
      .map(({ completedAtMs }) => completedAtMs)
      .filter((atMs) => atMs <= read.invokedAtMs);
    return { ...read, sinceMs: read.invokedAtMs - Math.max(-Infinity, ...acknowledged) };
  });
}

describe('a session that reads at the leader after it has written', () => {
  it.each([60, 250])(
    '[SL32] does so for %d ms from the acknowledgement of its last write, and else at any follower',
    (windowMs) => {
      const reads = sinceLastWrite(playFailover(scene({ policy: 'LEADER_AFTER_WRITE', windowMs })));
      const nodes = (isWithin: (sinceMs: number) => boolean) =>
        new Set(reads.filter(({ sinceMs }) => isWithin(sinceMs)).map(({ node }) => node));
      expect(nodes((sinceMs) => sinceMs < windowMs)).toEqual(new Set([A1]));
      expect(nodes((sinceMs) => sinceMs >= windowMs)).toEqual(new Set([B1, B2]));
    },
  );

  it('[SL32] reads its own writes if the lag is shorter than the window, and may miss them if it is longer', () => {
    const missed = (windowMs: number) =>
      countOf(
        measureFailover(scene({ policy: 'LEADER_AFTER_WRITE', windowMs }, { fsync: exactly(50) })),
        'READ_YOUR_WRITES',
      );
    expect(missed(100)).toBe(0);
    expect(missed(1)).toBeGreaterThan(0);
  });

  it('[SL32] goes to the new leader after a failover', () => {
    const faults: SceneFault[] = [{ crash: { node: 'a-1', atMs: 500, restartAfterMs: null } }];
    const run = playFailover(scene({ policy: 'LEADER_AFTER_WRITE', windowMs: 200 }, { faults }));
    const late = sinceLastWrite(run).filter(({ invokedAtMs }) => invokedAtMs > 1200);
    const recent = late.filter(({ sinceMs }) => sinceMs < 200);
    expect(new Set(recent.map(({ node }) => node))).toEqual(new Set([B1]));
  });
});

describe('reads of bounded lag', () => {
  const MAX_LAG_MS = 200;
  const bounded = (more: FailoverScene = {}) => scene({ policy: 'LAG_BOUNDED', maxLagMs: MAX_LAG_MS }, more);

  /**
   * How much too old the oldest answer of a follower was, in ms: how long before the bound something newer of that key had been
   * committed. Clients are beside their followers, so a read is served when it is sent.
   */
  function excessMs(run: Chronicle): number {
    const excesses = readsOf(run)
      .filter(({ node, client }) => node !== A1 && client === 1)
      .flatMap(({ key, version, invokedAtMs }) =>
        run.commits
          .filter((commit) => commit.key === key && lsnIn(commit.version) > lsnIn(version))
          .map(({ atMs }) => invokedAtMs - MAX_LAG_MS - atMs),
      );
    return Math.max(...excesses);
  }
  const nodesOfReads = (run: Chronicle, fromMs: number, toMs = Infinity) =>
    new Set(
      readsOf(run)
        .filter(({ invokedAtMs }) => invokedAtMs > fromMs && invokedAtMs < toMs)
        .map(({ node }) => node),
    );

  it('[SL33] are answered by followers that are fresh enough', () => {
    expect(nodesOfReads(playFailover(bounded()), 100)).toEqual(new Set([B1, B2]));
  });

  it('[SL33] are so without any writes: the leader’s signs of life tell how fresh the data are', () => {
    const run = playFailover(bounded({ workload: { readShare: 1 } }));
    expect(nodesOfReads(run, 100)).toEqual(new Set([B1, B2]));
  });

  it('[SL33] are sent to the leader by a follower that hears nothing any more', () => {
    // Clients reach b-1 and b-2, and the leader, who does not reach the followers.
    const faults: SceneFault[] = [
      { partition: { from: ['a-1'], to: ['b-1', 'b-2'], atMs: 1000, healAfterMs: null } },
    ];
    const run = playFailover(bounded({ faults, failover: { timeoutMs: 5000 } }));
    expect(nodesOfReads(run, 100, 1000)).toEqual(new Set([B1, B2]));
    expect(nodesOfReads(run, 1000 + MAX_LAG_MS + 20)).toEqual(new Set([A1]));
  });

  it('[SL33] are all sent to the leader if followers can never be so fresh', () => {
    const run = playFailover(
      bounded({
        links: [{ between: ['a', 'b'], latency: exactly(MAX_LAG_MS + 1) }],
        workload: { timeoutMs: 5000 },
      }),
    );
    expect(nodesOfReads(run, 500)).toEqual(new Set([A1]));
  });

  it('[SL33] never show what is older than the bound', () => {
    for (const seed of [1n, 2n, 3n, 4n, 5n]) {
      const run = playFailover(lagging(), seed);
      expect(excessMs(run)).toBeLessThanOrEqual(0);
      // Some of them were sent to the leader.
      expect(nodesOfReads(run, 0)).toEqual(new Set([A1, B1, B2]));
    }
  });

  it('[SL33] show older data without the bound', () => {
    const run = playFailover({ ...lagging(), reads: { policy: 'ANY_FOLLOWER' } });
    expect(excessMs(run)).toBeGreaterThan(100);
  });

  const lagging = () =>
    bounded({
      links: [{ between: ['a', 'b'], latency: about(80) }],
      failover: { timeoutMs: 10_000 },
      faults: [
        { pause: { node: 'b-1', atMs: 500, durationMs: 400 } },
        { slowLink: { from: 'a', to: 'b', atMs: 1000, durationMs: 400, factor: 5, extraMs: 0 } },
        { isolate: { node: 'a-1', atMs: 1500, healAfterMs: 300 } },
      ],
    });

  it('[SL33] go by the follower’s own clock: one that is slow shows what is as much older, a fast one nothing', () => {
    const skewed = (offsetMs: number) =>
      playFailover({ ...lagging(), clocks: ['b-1', 'b-2'].map((node) => ({ node, offsetMs, driftPpm: 0 })) });
    const excess = excessMs(skewed(-300));
    expect(excess).toBeGreaterThan(0);
    expect(excess).toBeLessThanOrEqual(300);
    expect(nodesOfReads(skewed(MAX_LAG_MS + 1), 0)).toEqual(new Set([A1]));
  });
});

describe.each(['LSN_TOKEN', 'TIMESTAMP_TOKEN'] as const)('reads with a token (%s)', (policy) => {
  /** A follower has a write 30 ms after the leader and the way there; clients are beside the leader. */
  const WAIT: FailoverScene = {
    fsync: exactly(30),
    workload: { clients: [{ datacenter: 'a', sessions: 10, ratePerSecond: 200 }] },
  };
  const latency = ({ invokedAtMs, completedAtMs }: Operation) => completedAtMs - invokedAtMs;

  it('[SL34] wait at a follower until it has what the session has seen', () => {
    const run = playFailover(scene({ policy }, WAIT));
    const reads = sinceLastWrite(run).filter(({ sinceMs }) => sinceMs < Infinity);
    expect(new Set(reads.map(({ node }) => node))).toEqual(new Set([B1, B2]));
    const atOnce = reads.filter(({ sinceMs }) => sinceMs < 1);
    // There, the follower's flush, and back; a flush under way may have to end first.
    for (const read of atOnce) {
      expect(latency(read)).toBeGreaterThan(20);
      expect(latency(read)).toBeLessThanOrEqual(80);
    }
    const late = reads.filter(({ sinceMs }) => sinceMs > 500);
    expect(late.length + atOnce.length).toBeGreaterThan(0);
  });

  it('[SL34] never miss what the session wrote or read', () => {
    const faults: SceneFault[] = [{ slowDisk: { node: 'b-2', atMs: 0, durationMs: 2000, factor: 5 } }];
    const scattered = { ...WAIT, faults };
    const of = (reads: ReadSettings['policy']) => measureFailover(scene({ policy: reads }, scattered));
    for (const kind of ['READ_YOUR_WRITES', 'MONOTONIC_READS']) {
      expect(countOf(of(policy), kind)).toBe(0);
      expect(countOf(of('ANY_FOLLOWER'), kind)).toBeGreaterThan(0);
    }
  });

  it.each([0, 50, 200])('[SL34] wait for %d ms at most, and are then sent to the leader', (waitMs) => {
    // The disks of the followers hang.
    const faults: SceneFault[] = ['b-1', 'b-2'].map((node) => ({
      slowDisk: { node, atMs: 500, durationMs: 1500, factor: 1000 },
    }));
    const run = playFailover(scene({ policy, waitMs }, { ...WAIT, faults }));
    const late = sinceLastWrite(run).filter(({ invokedAtMs, sinceMs }) => invokedAtMs > 800 && sinceMs < 200);
    expect(late.length).toBeGreaterThan(20);
    const sent = late.filter(({ node }) => node === A1);
    for (const read of sent) expect(latency(read)).toBeCloseTo(20 + waitMs, 5);
    // Whoever has seen nothing since the disks hang needs nothing newer.
    expect(sent.length).toBeGreaterThan(0.8 * late.length);
  });

  it('[SL34] ask a session that has seen nothing for nothing', () => {
    const faults: SceneFault[] = [{ isolate: { node: 'a-1', atMs: 0, healAfterMs: null } }];
    const run = playFailover(scene({ policy }, { faults, workload: { readShare: 1 } }));
    for (const read of readsOf(run)) expect(latency(read)).toBeLessThan(20.1);
    expect(readsOf(run).length).toBeGreaterThan(100);
  });

  it('[SL34] are refused by a leader who was replaced and does not know: it has not what the session has seen since', () => {
    // Those in a do not hear from the new leader b-1, and read at b-2 what b-3, whose disk is slow, has not got.
    const deposed = scene(
      { policy, waitMs: 20 },
      {
        datacenters: { a: 1, b: 3 },
        acknowledgement: { mode: 'ANY' },
        fsync: exactly(5),
        faults: [
          { partition: { between: [['a-1'], ['b-1', 'b-2', 'b-3']], atMs: 500, healAfterMs: null } },
          { partition: { from: ['b-1'], to: ['a'], atMs: 500, healAfterMs: null } },
          { slowDisk: { node: 'b-3', atMs: 1000, durationMs: 1000, factor: 200 } },
        ],
        workload: {
          clients: [
            { datacenter: 'a', sessions: 60, ratePerSecond: 600 },
            { datacenter: 'b', sessions: 10, ratePerSecond: 100 },
          ],
          timeoutMs: 100,
        },
      },
    );
    const run = playFailover(deposed);
    const refused = run.ended.filter(
      ({ kind, client, outcome, invokedAtMs, completedAtMs }) =>
        kind === 'READ' && client === 0 && outcome === 'FAILED' && invokedAtMs > 1000 && completedAtMs < 2000,
    );
    expect(refused.length).toBeGreaterThan(0);
    const result = measureFailover(deposed);
    expect(countOf(result, 'MONOTONIC_READS')).toBe(0);
    expect(countOf(result, 'READ_YOUR_WRITES')).toBe(0);
  });

  it('[SL34] are answered again after a failover has lost what the session wrote', () => {
    const faults: SceneFault[] = [{ crash: { node: 'a-1', atMs: 500, restartAfterMs: 300 } }];
    const links = [{ between: ['a', 'b'] as const, latency: exactly(60) }];
    const lost = scene({ policy, waitMs: 50 }, { faults, links });
    expect(countOf(measureFailover(lost), 'LOST_WRITE')).toBeGreaterThan(0);
    const late = playFailover(lost).ended.filter(
      ({ kind, invokedAtMs, completedAtMs }) => kind === 'READ' && invokedAtMs > 1300 && completedAtMs < 2000,
    );
    expect(late.length).toBeGreaterThan(20);
    expect(new Set(late.map(({ outcome }) => outcome))).toEqual(new Set(['OK']));
  });
});

describe('the cost of a cure', () => {
  const served = (reads: Partial<ReadSettings>) =>
    measureFailover(scene(reads, { fsync: exactly(20) })).replication.servedOperations.find(
      ({ node, kind }) => node === 'a-1' && kind === 'READ',
    )?.share ?? 0;

  it('is told: how many of the reads the leader has to answer', () => {
    expect(served({ policy: 'ANY_FOLLOWER' })).toBe(0);
    expect(served({ policy: 'LEADER' })).toBe(1);
    const share = served({ policy: 'LEADER_AFTER_WRITE', windowMs: 60 });
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.9);
    expect(served({ policy: 'LSN_TOKEN', waitMs: 1000 })).toBe(0);
  });
});
