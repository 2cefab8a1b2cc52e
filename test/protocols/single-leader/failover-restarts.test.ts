import { describe, expect, it } from '@jest/globals';
import type { Fencing } from '../../../src/protocols/single-leader/settings/failover';
import { exactly, type SceneFault } from '../../engine/scene';
import { writesOf } from './chronicle-views';
import {
  A1,
  B1,
  countOf,
  measureFailover,
  noticesOf,
  playFailover,
  reignsOf,
  TIMEOUT_MS,
  type FailoverScene,
} from './failover-scene';

const crash = (node: string, atMs: number, restartAfterMs: number | null): SceneFault => ({
  crash: { node, atMs, restartAfterMs },
});
const isolated = (node: string, fromMs: number, toMs: number): SceneFault => ({
  isolate: { node, atMs: fromMs, healAfterMs: toMs - fromMs },
});

describe('a leader that restarts before anybody has replaced it', () => {
  it.each(['EPOCH', 'NONE', 'STONITH'] as const)('[SL27] leads on in its epoch, under %s', (fencing) => {
    const run = playFailover({ failover: { fencing }, faults: [crash('a-1', 1050, 100)] });
    // It asks the followers, 10 ms away, and leads when they have answered.
    expect(reignsOf(run)).toEqual(['0: 0 leads in 1', '1170: 0 leads in 1']);
    expect(run.failovers).toEqual([]);
    expect(noticesOf(run, 'DECLARED_DEAD')).toEqual([]);
  });

  it('[SL12] goes on with the LSN after its last flushed one, and streams on to its followers', () => {
    const run = playFailover({ faults: [crash('a-1', 1050, 100)] });
    const lsns = run.commits.map(({ version }) => (version as { lsn: number }).lsn);
    expect(lsns).toEqual(lsns.map((_, index) => index + 1));
    expect(new Set(run.settles[0].states.map(({ versions }) => JSON.stringify(versions))).size).toBe(1);
  });

  it('[SL27] refuses writes until it knows', () => {
    const run = playFailover({
      faults: [crash('a-1', 1050, 100)],
      workload: { readShare: 0, clients: [MANY] },
    });
    const asked = writesOf(run).filter(({ invokedAtMs }) => invokedAtMs >= 1150 && invokedAtMs < 1170);
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked.map(({ outcome }) => outcome))).toEqual(new Set(['FAILED']));
  });

  it('[SL27] leads at once where failover is not enabled: nobody can have replaced it', () => {
    const run = playFailover({ failover: { enabled: false }, faults: [crash('a-1', 1050, 100)] });
    expect(reignsOf(run)).toEqual(['0: 0 leads in 1', '1150: 0 leads in 1']);
  });

  it('[SL27] leads at once where it is the only node', () => {
    const scene = {
      datacenters: { a: 1 },
      links: [],
      faults: [crash('a-1', 1050, 2000)],
      workload: { durationMs: 4000 },
    };
    expect(reignsOf(playFailover(scene))).toEqual(['0: 0 leads in 1', '3050: 0 leads in 1']);
  });
});

describe('a leader that restarts and is answered by some', () => {
  /** So many of them are down for good, and fail over when the leader has been missed for 300 ms. */
  const scene = (followers: number, downFollowers: number): FailoverScene => ({
    datacenters: { a: 1, b: followers },
    faults: [
      crash('a-1', 1050, 100),
      ...Array.from({ length: downFollowers }, (_, index) => crash(`b-${index + 1}`, 500, null)),
    ],
    workload: { durationMs: 2000 },
  });
  const reigns = (followers: number, downFollowers: number, fencing: Fencing = 'EPOCH') =>
    reignsOf(playFailover({ ...scene(followers, downFollowers), failover: { fencing } })).slice(1);

  it.each([
    [2, 1],
    [3, 1],
    [4, 2],
    [5, 2],
  ])('[SL27] of %d followers, %d down, leads: one of those who answer would have promised', (all, gone) => {
    // Those who are down do not answer, so it waits for the time-out.
    expect(reigns(all, gone)).toEqual([`${1150 + TIMEOUT_MS}: 0 leads in 1`]);
  });

  it.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 3],
  ])('[SL27] of %d followers, %d down, does not lead: the others may have replaced it', (all, gone) => {
    expect(reigns(all, gone).filter((reign) => Number(reign.split(':')[0]) < 2000)).toEqual([]);
  });

  it.each([
    [1, 1],
    [2, 2],
    [3, 2],
  ])(
    '[SL27] of %d followers, %d down, leads all the same under NONE when the time for answers is over',
    (all, gone) => {
      expect(reigns(all, gone, 'NONE')[0]).toBe(`${1150 + TIMEOUT_MS}: 0 leads in 1`);
    },
  );

  it('[SL27] leads as soon as enough are back', () => {
    const faults = [crash('a-1', 1050, 100), crash('b-1', 500, 1000)];
    const run = playFailover({ datacenters: { a: 1, b: 1 }, faults });
    // It asks at 1150 and, a time-out and an interval later, at 1550.
    expect(reignsOf(run)).toEqual(['0: 0 leads in 1', '1570: 0 leads in 1']);
  });
});

describe('a leader that restarts after it was replaced', () => {
  it.each(['EPOCH', 'NONE', 'STONITH'] as const)('[SL27] follows its successor, under %s', (fencing) => {
    const run = playFailover({ failover: { fencing }, faults: [crash('a-1', 1050, 700)] });
    expect(run.leaderships.map(({ node, epoch }) => [node, epoch])).toEqual([
      [A1, 1],
      [B1, 2],
    ]);
    expect(run.recoveries.map(({ replica }) => replica)).toContain(A1);
    expect(new Set(run.settles[0].states.map(({ versions }) => JSON.stringify(versions))).size).toBe(1);
  });

  it('[SL27] follows it as soon as it hears of it, if it cannot at first, under EPOCH', () => {
    const faults = [crash('a-1', 1050, 700), isolated('a-1', 1060, 2600)];
    const run = playFailover({ faults });
    expect(run.leaderships.map(({ node }) => node)).toEqual([A1, B1]);
    expect(run.recoveries.map(({ replica }) => replica)).toEqual([A1]);
  });

  it('[SL27] leads beside it under NONE if it hears of nobody', () => {
    const faults = [crash('a-1', 1050, 700), isolated('a-1', 1060, 2600)];
    const run = playFailover({ failover: { fencing: 'NONE' }, faults });
    expect(run.leaderships.map(({ node, kind, epoch }) => [node, kind, epoch]).slice(0, 3)).toEqual([
      [A1, 'BEGAN', 1],
      [B1, 'BEGAN', 2],
      [A1, 'BEGAN', 1],
    ]);
    expect(run.leaderships.at(-1)).toMatchObject({ node: A1, kind: 'ENDED', epoch: 1 });
  });

  it('[SL27] does not lead on when its successor is elected and does not yet lead: it asks for promises itself', () => {
    // Elected at 1310, to lead at 1810; the old leader has more of the log, and is back at 1400.
    const scene: FailoverScene = {
      failover: { promotionMs: 500 },
      workload: { clients: [MANY] },
      faults: [crash('a-1', 1050, 350)],
    };
    const run = playFailover(scene);
    expect(noticesOf(run, 'ELECTED').map(({ node, figures }) => [node, figures])).toEqual([
      [B1, [2]],
      [A1, [3]],
    ]);
    expect(run.leaderships.map(({ node, epoch }) => [node, epoch])).toEqual([
      [A1, 1],
      [A1, 3],
    ]);
    expect(run.failovers).toEqual([]);
    expect(countOf(measureFailover(scene), 'LOST_WRITE')).toBe(0);
  });
});

const MANY = { datacenter: 'a', sessions: 1000, ratePerSecond: 400 };

describe('a follower whose log has a tail that its leader’s has not', () => {
  /** The leader has many writes that nobody has got: the followers are 100 ms away. */
  const scene: FailoverScene = {
    links: [{ between: ['a', 'b'], latency: exactly(100) }],
    workload: {
      durationMs: 4000,
      readShare: 0,
      keys: { count: 10, distribution: { uniform: { firstKey: 0 } } },
      clients: [{ datacenter: 'a', sessions: 1000, ratePerSecond: 200 }],
    },
    faults: [crash('a-1', 1050, 1000)],
  };

  it('[SL28] throws it away and tells each write of it', () => {
    const run = playFailover(scene);
    const [{ node, figures }] = noticesOf(run, 'TAIL_DISCARDED');
    expect(node).toBe(A1);
    const discarded = run.lines.filter((line) => line.startsWith('discarded'));
    expect(discarded).toHaveLength(figures[1] - figures[0] + 1);
    // Two hundred writes a second for 100 ms.
    expect(discarded.length).toBeGreaterThan(8);
    const { anomalies, replication } = measureFailover(scene);
    expect(countOf({ anomalies }, 'LOST_WRITE')).toBe(discarded.length);
    expect(replication.failovers[0].lostRanges).toEqual([{ fromLsn: figures[0], toLsn: figures[1] }]);
  });

  it('[SL28] has what the tail had changed copied by the leader, as long as that takes', () => {
    const rewind = (copyBytesPerSecond: number) => {
      const run = playFailover({ ...scene, log: { copyBytesPerSecond } });
      const [began] = noticesOf(run, 'REWIND_BEGAN');
      const [ended] = noticesOf(run, 'REWIND_ENDED');
      expect(began).toMatchObject({ node: A1, about: B1 });
      return { bytes: ended.figures[0], tookMs: ended.atMs - began.atMs };
    };
    const { bytes, tookMs } = rewind(10_000);
    // Values of 100 bytes, of at most ten keys.
    expect(bytes % 100).toBe(0);
    expect(bytes).toBeGreaterThan(300);
    expect(bytes).toBeLessThanOrEqual(1000);
    // There and back, and the copy.
    expect(tookMs).toBeCloseTo(200 + bytes / 10, 1);
    expect(rewind(1_000_000_000).tookMs).toBeCloseTo(200, 1);
  });

  it('[SL28] holds the right values afterwards', () => {
    for (const seed of [1n, 2n, 3n, 4n, 5n]) {
      const [{ states }] = playFailover(scene, seed).settles;
      expect(states[0].versions).toEqual(states[1].versions);
      expect(states[0].values).toEqual(states[1].values);
    }
  });

  it('[SL28] needs no copy if there is none', () => {
    const run = playFailover({
      ...scene,
      faults: [crash('a-1', 1500, 1000)],
      workload: { ...scene.workload, clients: [RARE] },
    });
    expect(run.recoveries).toMatchObject([{ replica: A1, copiedBytes: 0 }]);
    expect(noticesOf(run, 'TAIL_DISCARDED')).toEqual([]);
  });

  it('[SL28] tells how long it took to be live again, and what was copied', () => {
    const run = playFailover({ ...scene, log: { copyBytesPerSecond: 10_000 } });
    const [recovery] = run.recoveries;
    const [{ figures }] = noticesOf(run, 'REWIND_ENDED');
    expect(recovery).toMatchObject({ replica: A1, restartedAtMs: 2050, copiedBytes: figures[0] });
    expect(recovery.liveAtMs).toBeGreaterThanOrEqual(recovery.caughtUpAtMs);
    expect(recovery.caughtUpAtMs).toBeGreaterThan(recovery.answeredAtMs);
  });

  it('[SL28] begins the rewind anew if it crashes, or its leader does, in the middle of it', () => {
    const slow: FailoverScene = {
      ...scene,
      log: { copyBytesPerSecond: 1000 },
      workload: { ...scene.workload, durationMs: 6000 },
    };
    for (const second of [crash('a-1', 2500, 100), crash('b-1', 2500, null), crash('b-1', 2500, 100)]) {
      const run = playFailover({ ...slow, faults: [crash('a-1', 1050, 1000), second] });
      expect(noticesOf(run, 'REWIND_BEGAN').length).toBeGreaterThan(1);
      const [{ states }] = run.settles;
      expect(states[0].values).toEqual(states[2].values);
      expect(states[0].versions).toEqual(states[1].versions);
    }
  });
});

const RARE = {
  datacenter: 'a',
  sessions: 1,
  ratePerSecond: 1,
  arrivals: { constant: { phase: 'ALIGNED' as const } },
};

describe('reads at a node that is being mended', () => {
  const scene: FailoverScene = {
    links: [{ between: ['a', 'b'], latency: exactly(100) }],
    log: { copyBytesPerSecond: 1000 },
    reads: { policy: 'NEAREST' },
    workload: {
      durationMs: 4000,
      readShare: 0.5,
      clients: [{ datacenter: 'a', sessions: 1000, ratePerSecond: 200 }],
    },
    faults: [crash('a-1', 1050, 1000)],
  };
  const run = playFailover(scene);
  const [{ atMs: beganMs }] = noticesOf(run, 'REWIND_BEGAN');
  const [{ liveAtMs }] = run.recoveries;
  const outcomesBetween = (fromMs: number, toMs: number) =>
    new Set(
      run.ended
        .filter(({ kind, invokedAtMs }) => kind === 'READ' && invokedAtMs > fromMs && invokedAtMs < toMs)
        .map(({ outcome }) => outcome),
    );

  it('[SL28] are refused until that is done and its log has reached the moment of the copy', () => {
    expect(liveAtMs - beganMs).toBeGreaterThan(300);
    expect(outcomesBetween(beganMs, noticesOf(run, 'REWIND_ENDED')[0].atMs)).toEqual(new Set(['FAILED']));
    // After the copy it gets the log up to the moment of it: there and back once more.
    expect(outcomesBetween(noticesOf(run, 'REWIND_ENDED')[0].atMs, liveAtMs - 1)).toEqual(
      new Set(['FAILED']),
    );
  });

  it('[SL28] are answered afterwards, and show nothing of the tail', () => {
    expect(outcomesBetween(liveAtMs + 1, 3900)).toEqual(new Set(['OK']));
    const [{ figures }] = noticesOf(run, 'TAIL_DISCARDED');
    const late = run.ended.filter(({ kind, invokedAtMs }) => kind === 'READ' && invokedAtMs > beganMs);
    const ofTail = late.filter(({ version }) => {
      if (version === null) return false;
      const { epoch, lsn } = version as { epoch: number; lsn: number };
      return epoch === 1 && lsn >= figures[0];
    });
    expect(ofTail).toEqual([]);
  });
});
