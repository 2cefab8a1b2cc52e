import { describe, expect, it } from '@jest/globals';
import type { NoticeKind } from '../../../src/model/observer';
import type { Chronicle, SceneFault } from '../../engine/scene';
import { appliedBy, committed, writesOf } from './chronicle-views';
import { playUnder, type LeaderScene } from './leader-scene';

const VALUE_BYTES = 100;
const KEYS = 10;
const WAY_MS = 10;
/** A log is cut when so many entries have piled up. */
const SLACK = 256;
const KEPT = 300;

const DOWN: SceneFault = { crash: { node: 'b-1', atMs: 500.5, restartAfterMs: 1000 } };
const RESTART_MS = 1500.5;

/** Two thousand writes, a millisecond after the other, of a hundred bytes each. */
const scene: LeaderScene = {
  log: { walKeepBytes: KEPT * VALUE_BYTES, copyBytesPerSecond: 10_000 },
  workload: {
    readShare: 0,
    durationMs: 2000,
    valueBytes: VALUE_BYTES,
    timeoutMs: 60_000,
    clients: [
      {
        datacenter: 'a',
        sessions: 2000,
        ratePerSecond: 1000,
        arrivals: { constant: { phase: 'ALIGNED' } },
      },
    ],
  },
};

const noticesOf = ({ notices }: Chronicle, kind: NoticeKind) =>
  notices.filter((notice) => notice.kind === kind);
const entriesAt = (run: Chronicle, atMs: number) =>
  run.samples.find((sample) => sample.atMs >= atMs)?.logBytes.map((bytes) => bytes / VALUE_BYTES) ?? [];

describe('what a node keeps of its log', () => {
  it('[SL20] is walKeepBytes and a little more', () => {
    const run = playUnder(scene);
    for (const entries of entriesAt(run, 1900)) {
      expect(entries).toBeGreaterThanOrEqual(KEPT);
      expect(entries).toBeLessThan(KEPT + SLACK);
    }
  });

  it('[SL20] is the bytes of all rows', () => {
    const run = playUnder({ ...scene, log: { ...scene.log, rowsPerWrite: 3 } });
    const [{ logBytes }] = run.samples.slice(-1);
    for (const bytes of logBytes) {
      expect(bytes).toBeGreaterThanOrEqual(KEPT * VALUE_BYTES);
      expect(bytes).toBeLessThan((KEPT + 3 * SLACK) * VALUE_BYTES);
    }
  });

  it('[SL20] does not grow for a follower that is down', () => {
    const run = playUnder({ ...scene, faults: [DOWN] });
    const [leader] = entriesAt(run, 1400);
    expect(leader).toBeLessThan(KEPT + SLACK);
  });

  it('[SL20] grows with slots by all that such a follower has not flushed, and shrinks when it has', () => {
    const run = playUnder({ ...scene, log: { ...scene.log, slots: true, walKeepBytes: 0 }, faults: [DOWN] });
    const [leader] = entriesAt(run, 1400);
    expect(leader).toBeGreaterThanOrEqual(880);
    const [afterwards] = entriesAt(run, 1900);
    expect(afterwards).toBeLessThan(2 * SLACK);
  });

  it('[SL20] is also what the node itself still needs: writes that are not acknowledged', () => {
    const run = playUnder({
      ...scene,
      log: { ...scene.log, walKeepBytes: 0 },
      acknowledgement: { mode: 'SYNC' },
      faults: [{ pause: { node: 'b-1', atMs: 500, durationMs: 1000 } }],
    });
    const [leader] = entriesAt(run, 1400);
    const acknowledged = writesOf(run).filter(({ completedAtMs }) => completedAtMs < 1400).length;
    const waiting = run.commits.filter(({ atMs }) => atMs < 1400).length - acknowledged;
    expect(waiting).toBeGreaterThan(2 * SLACK);
    expect(leader).toBeGreaterThanOrEqual(waiting);
    expect(leader).toBeLessThan(waiting + SLACK + 10);
    expect(appliedBy(run, 1)).toEqual(committed(run));
  });
});

describe('who needs what is not kept any more', () => {
  const run = playUnder({ ...scene, faults: [DOWN] });

  it('[SL20] takes a full copy, as long as its size divided by the speed of copying', () => {
    const [began] = noticesOf(run, 'FULL_COPY_BEGAN');
    const [ended] = noticesOf(run, 'FULL_COPY_ENDED');
    const copyingMs = ((KEYS * VALUE_BYTES) / 10_000) * 1000;
    expect(began).toMatchObject({ node: 1, about: 0, figures: [KEYS * VALUE_BYTES] });
    expect(began.atMs).toBeCloseTo(RESTART_MS + 2 * WAY_MS, 9);
    expect(ended.figures).toEqual([KEYS * VALUE_BYTES]);
    expect(ended.atMs - began.atMs).toBeCloseTo(WAY_MS + copyingMs + WAY_MS, 9);
  });

  it('[SL20] has with it every write up to the moment in which the copy was made, and then the log again', () => {
    const [{ replica, version, atMs }] = run.copies;
    expect(replica).toBe(1);
    // The request for the copy came 30 ms after the restart: by then the leader had that many writes.
    const copied = run.commits.filter((commit) => commit.atMs <= RESTART_MS + 3 * WAY_MS);
    expect(version).toEqual(copied.at(-1)?.version);
    const before = appliedBy(run, 1).filter((_, index) => index < 491);
    expect(before).toEqual(committed(run).slice(0, 491));
    const later = run.applications.filter((application) => application.atMs > atMs);
    expect(later.map(({ operation }) => operation)).toEqual(committed(run).slice(copied.length));
    const [{ states }] = run.settles;
    expect(states[1]).toEqual({ ...states[0], node: 1 });
  });

  it('[SL20] has recovered when it has applied what came after the copy', () => {
    const [recovery] = run.recoveries;
    expect(recovery).toMatchObject({
      replica: 1,
      restartedAtMs: RESTART_MS,
      copiedBytes: KEYS * VALUE_BYTES,
    });
    // Five ways, the copy, and two more for the log that follows it.
    expect(recovery.answeredAtMs).toBeCloseTo(RESTART_MS + 4 * WAY_MS + 100, 9);
    expect(recovery.caughtUpAtMs).toBeCloseTo(RESTART_MS + 6 * WAY_MS + 100, 9);
    expect(recovery.entries).toBeGreaterThan(100);
  });

  it('[SL20] takes none where the log is kept for it, by its size or by a slot', () => {
    for (const log of [{ walKeepBytes: 1e9 }, { walKeepBytes: 0, slots: true }]) {
      const kept = playUnder({ ...scene, log: { ...scene.log, ...log }, faults: [DOWN] });
      expect(kept.copies).toEqual([]);
      expect(appliedBy(kept, 1)).toEqual(committed(kept));
    }
  });

  it('[SL20] begins again with a copy that a crash broke off', () => {
    const again: SceneFault = { crash: { node: 'b-1', atMs: RESTART_MS + 60, restartAfterMs: 40 } };
    const broken = playUnder({ ...scene, faults: [DOWN, again] });
    expect(noticesOf(broken, 'FULL_COPY_BEGAN')).toHaveLength(2);
    expect(noticesOf(broken, 'FULL_COPY_ENDED')).toHaveLength(1);
    const [{ states }] = broken.settles;
    expect(states[1]).toEqual({ ...states[0], node: 1 });
  });
});
