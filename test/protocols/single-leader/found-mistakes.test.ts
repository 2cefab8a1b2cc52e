import { describe, expect, it } from '@jest/globals';
import { startRun } from '../../../src/experiments/run/start-run';
import { resolveExperiment } from '../../../src/experiments/spec/resolve-experiment';
import type { AnomalyKind } from '../../../src/model/anomaly';
import type { Measurements } from '../../../src/model/measurements';
import type { Outcome } from '../../../src/model/operation';
import { Problems } from '../../../src/model/problem';
import { Fields } from '../../../src/model/spec/fields';

const NO_CLUSTERS = { findMany: () => Promise.resolve([]) };

/** Plays an experiment as a user submits it. */
async function played(experiment: Readonly<Record<string, unknown>>): Promise<Measurements> {
  const problems = Problems.none();
  const resolved = await resolveExperiment(
    new Fields({ name: 'mistake', seed: '1', ...experiment }, problems),
    NO_CLUSTERS,
  );
  expect(problems.all).toEqual([]);
  if (resolved === null) throw new Error('it has a cluster');
  const run = startRun({ spec: resolved.spec, seed: resolved.seed, repetition: 0 });
  run.advance(Infinity);
  return run.finish().measurements;
}

const countOf = ({ anomalies }: Measurements, kind: AnomalyKind) =>
  anomalies.find((tally) => tally.kind === kind)?.count;

const readsOf = ({ latencies }: Measurements, wanted: Outcome) =>
  latencies
    .filter(({ kind, outcome }) => kind === 'READ' && outcome === wanted)
    .reduce((sum, { histogram }) => sum + histogram.count, 0);

const settledMs = ({ timeline }: Measurements) => timeline.find(({ kind }) => kind === 'SETTLED')?.atMs;

/** One node in each datacenter, and equal ways between them. */
function starOf(names: readonly string[], ms: number) {
  const links = names.flatMap((one, index) =>
    names.slice(index + 1).map((other) => ({ between: [one, other], latency: { constant: { ms } } })),
  );
  return { name: 'star', datacenters: names.map((name) => ({ name, nodes: 1 })), links };
}

const writes = (datacenter: string, ratePerSecond: number, sessions = 10) => ({
  datacenter,
  sessions,
  ratePerSecond,
});

describe('mistakes that were found', () => {
  it('counted for a leader that leads again what followers had of a log that was thrown away', async () => {
    const measured = await played({
      cluster: {
        ...starOf(['a', 'b', 'c', 'd', 'e'], 2),
        replication: {
          singleLeader: {
            acknowledgement: { mode: 'ANY', count: 2 },
            failover: {
              heartbeatIntervalMs: 100,
              promotionMs: 100,
              redirection: { dns: { ttlMs: 1_000_000 } },
            },
          },
        },
      },
      workload: { durationMs: 40_000, timeoutMs: 500, clients: [writes('a', 300, 500)], readShare: 0 },
      faults: [
        {
          partition: {
            atMs: 5000,
            healAfterMs: 10_000,
            between: [
              ['a-1', 'b-1'],
              ['c-1', 'd-1', 'e-1'],
            ],
          },
        },
        { crash: { node: 'b-1', atMs: 20_000, restartAfterMs: 2000 } },
        { crash: { node: 'c-1', atMs: 20_000, restartAfterMs: 2000 } },
        {
          partition: {
            atMs: 21_000,
            healAfterMs: 9000,
            between: [
              ['a-1', 'd-1'],
              ['b-1', 'c-1', 'e-1'],
            ],
          },
        },
      ],
    });
    expect(countOf(measured, 'LOST_WRITE')).toBe(0);
  });

  it('waited under SYNC for nobody whose upstream is named, though it is the leader', async () => {
    const cascading = ['b-1', 'c-1'].map((node) => ({ node, upstream: 'a-1' }));
    const measured = await played({
      cluster: {
        ...starOf(['a', 'b', 'c'], 5),
        replication: { singleLeader: { acknowledgement: { mode: 'SYNC' }, cascading } },
      },
      workload: { durationMs: 20_000, clients: [writes('a', 200)], readShare: 0 },
      faults: [{ crash: { node: 'a-1', atMs: 10_000, restartAfterMs: 5000 } }],
    });
    expect(countOf(measured, 'LOST_WRITE')).toBe(0);
  });

  it('had those elect a leader for whom the old one had not waited', async () => {
    const cascading = ['b-1', 'b-2'].map((node) => ({ node, upstream: 'a-2' }));
    const measured = await played({
      cluster: {
        name: 'two by two',
        datacenters: [
          { name: 'a', nodes: 2 },
          { name: 'b', nodes: 2 },
        ],
        links: [{ between: ['a', 'b'], latency: { constant: { ms: 5 } } }],
        replication: { singleLeader: { acknowledgement: { mode: 'SYNC' }, cascading } },
      },
      workload: { durationMs: 30_000, clients: [writes('a', 200), writes('b', 50)], readShare: 0 },
      faults: [{ partition: { atMs: 5000, healAfterMs: 15_000, between: [['a'], ['b']] } }],
    });
    expect(countOf(measured, 'LOST_WRITE')).toBe(0);
  });

  it('elected a node whose data waited to be mended, and that answered no read any more', async () => {
    const measured = await played({
      cluster: {
        ...starOf(['a', 'b', 'c'], 20),
        replication: {
          singleLeader: {
            log: { copyBytesPerSecond: 1000, walKeepBytes: '1000000' },
            failover: { heartbeatIntervalMs: 100, promotionMs: 100 },
          },
        },
      },
      workload: {
        durationMs: 60_000,
        timeoutMs: 1000,
        clients: [writes('a', 300, 50), writes('b', 100, 20)],
        readShare: 0.4,
        keys: { count: 100 },
      },
      faults: [
        { crash: { node: 'c-1', atMs: 2000, restartAfterMs: 8000 } },
        { isolate: { datacenter: 'a', atMs: 9900, healAfterMs: 2000 } },
        { crash: { node: 'b-1', atMs: 13_950, restartAfterMs: 30_000 } },
      ],
    });
    expect(readsOf(measured, 'FAILED')).toBeLessThan(0.1 * readsOf(measured, 'OK'));
  });

  it('fell back from SEMI_SYNC by a clock that was set back, and so never', async () => {
    const measured = await played({
      cluster: {
        name: 'pair',
        datacenters: [{ name: 'a', nodes: 2 }],
        replication: { singleLeader: { acknowledgement: { mode: 'SEMI_SYNC', timeoutMs: 1000 } } },
      },
      workload: {
        durationMs: 10_000,
        timeoutMs: 20_000,
        clients: [writes('a', 100, 100)],
        readShare: 0,
      },
      faults: [
        { clockSkew: { node: 'a-1', atMs: 5000, offsetMs: -60_000, durationMs: 4000 } },
        { crash: { node: 'a-2', atMs: 5001, restartAfterMs: 4000 } },
      ],
    });
    expect(measured.notices.counts.find(({ kind }) => kind === 'SEMI_SYNC_OFF')?.count).toBe(1);
  });

  it('waited for the end of signs of life that are always under way', async () => {
    const measured = await played({
      cluster: {
        ...starOf(['a', 'b'], 50),
        replication: { singleLeader: { failover: { heartbeatIntervalMs: 10, timeoutMs: 1000 } } },
      },
      workload: { durationMs: 5000, clients: [writes('a', 100)], readShare: 0 },
    });
    expect(settledMs(measured)).toBeLessThan(5300);
  });
});
