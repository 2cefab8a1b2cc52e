import { describe, expect, it } from '@jest/globals';
import { exactly, type Chronicle, type SceneFault } from '../../engine/scene';
import { appliedBy, committed, lagsOf } from './chronicle-views';
import { playUnder, type LeaderScene } from './leader-scene';

const FSYNC_MS = 2;
/** From a to b, from b to c, and from a to c. */
const FIRST_MS = 10;
const SECOND_MS = 3;
const DIRECT_MS = 30;
const BEAT_MS = 20;
const MISSES = 3;

/** a-1 leads; c-1 gets the log from b-1, which is nearer. */
const scene: LeaderScene = {
  datacenters: { a: 1, b: 1, c: 1 },
  links: [
    { between: ['a', 'b'], latency: exactly(FIRST_MS) },
    { between: ['b', 'c'], latency: exactly(SECOND_MS) },
    { between: ['a', 'c'], latency: exactly(DIRECT_MS) },
  ],
  fsync: exactly(FSYNC_MS),
  failover: { heartbeatIntervalMs: BEAT_MS, misses: MISSES },
  others: { cascading: [{ node: 'c-1', upstream: 'b-1' }] },
  workload: {
    readShare: 0,
    durationMs: 2000,
    timeoutMs: 60_000,
    clients: [
      { datacenter: 'a', sessions: 2000, ratePerSecond: 50, arrivals: { constant: { phase: 'ALIGNED' } } },
    ],
  },
};
const [A1, B1, C1, C2] = [0, 1, 2, 3];
const crash = (node: string, atMs: number, restartAfterMs: number | null): SceneFault => ({
  crash: { node, atMs, restartAfterMs },
});

/** Whom c-1 got the log from at the samples of that time. */
function upstreamAt({ samples }: Chronicle, atMs: number): number | undefined {
  return samples.find((sample) => sample.atMs >= atMs)?.replicas.find(({ node }) => node === C1)?.upstream;
}

function expectEqualReplicas({ settles: [{ states }] }: Chronicle): void {
  for (const { versions } of states) expect(versions).toEqual(states[0].versions);
}

describe('a follower of a follower', () => {
  it('[SL21] gets each entry from that one, as soon as that one has flushed it', () => {
    const run = playUnder(scene);
    expect(appliedBy(run, C1)).toEqual(committed(run));
    for (const lag of lagsOf(run, B1)) expect(lag).toBeCloseTo(FIRST_MS + FSYNC_MS, 9);
    for (const lag of lagsOf(run, C1)) expect(lag).toBeCloseTo(FIRST_MS + SECOND_MS + 2 * FSYNC_MS, 9);
    expect(upstreamAt(run, 1000)).toBe(B1);
  });

  it('[SL21] may be followed itself', () => {
    const chain = [
      { node: 'c-1', upstream: 'b-1' },
      { node: 'c-2', upstream: 'c-1' },
    ];
    const run = playUnder({ ...scene, datacenters: { a: 1, b: 1, c: 2 }, others: { cascading: chain } });
    for (const lag of lagsOf(run, C2)) expect(lag).toBeCloseTo(FIRST_MS + SECOND_MS + 3 * FSYNC_MS, 9);
  });

  it('[SL21] goes to the leader when it gets no further, after so many signs of life that show it', () => {
    const run = playUnder({ ...scene, faults: [crash('b-1', 1005, null)] });
    expect(appliedBy(run, C1)).toEqual(committed(run));
    const missed = run.commits.findIndex(({ atMs }) => atMs > 1005);
    const gapMs = lagsOf(run, C1)[missed];
    expect(gapMs).toBeGreaterThan(MISSES * BEAT_MS);
    expect(gapMs).toBeLessThan((MISSES + 3) * BEAT_MS + 3 * DIRECT_MS);
    expect(upstreamAt(run, 1200)).toBe(A1);
    expect(lagsOf(run, C1).at(-1)).toBeCloseTo(DIRECT_MS + FSYNC_MS, 9);
  });

  it('[SL21] goes to the leader at once when that one comes back, for its stream broke', () => {
    const run = playUnder({ ...scene, faults: [crash('b-1', 1005, 10)] });
    expect(upstreamAt(run, 1080)).toBe(A1);
    expect(appliedBy(run, C1)).toEqual(committed(run));
    expect(Math.max(...lagsOf(run, C1))).toBeLessThan(10 + 4 * DIRECT_MS);
  });

  it('[SL21] is told by that one also after the last sign of life, and is not left behind', () => {
    const run = playUnder({ ...scene, faults: [crash('b-1', 1950, 40)] });
    expectEqualReplicas(run);
  });

  it('[SL21] asks that one again after a crash of its own', () => {
    const run = playUnder({ ...scene, faults: [crash('c-1', 1005, 200)] });
    expect(upstreamAt(run, 1300)).toBe(B1);
    expect(appliedBy(run, C1)).toEqual(committed(run));
    const [{ restartedAtMs, answeredAtMs }] = run.recoveries;
    expect(answeredAtMs - restartedAtMs).toBeCloseTo(2 * SECOND_MS, 9);
  });

  it('[SL21] goes to the leader for what that one cannot send any more', () => {
    const often = { ...scene.workload, clients: [{ datacenter: 'a', sessions: 2000, ratePerSecond: 1000 }] };
    const run = playUnder({
      ...scene,
      workload: often,
      log: { walKeepBytes: 0 },
      faults: [crash('c-1', 500, 1000)],
    });
    const copies = run.notices.filter(({ kind }) => kind === 'FULL_COPY_BEGAN');
    expect(copies.map(({ node, about }) => [node, about])).toEqual([[C1, A1]]);
    expect(upstreamAt(run, 1900)).toBe(A1);
    expectEqualReplicas(run);
  });

  it('[SL21] needs no copy if that one has a slot for it', () => {
    const often = { ...scene.workload, clients: [{ datacenter: 'a', sessions: 2000, ratePerSecond: 1000 }] };
    const run = playUnder({
      ...scene,
      workload: often,
      log: { walKeepBytes: 0, slots: true },
      faults: [crash('c-1', 500, 1000)],
    });
    expect(run.copies).toEqual([]);
    expect(appliedBy(run, C1)).toEqual(committed(run));
    expect(upstreamAt(run, 1900)).toBe(B1);
  });
});
