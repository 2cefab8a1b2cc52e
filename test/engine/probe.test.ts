import { describe, expect, it } from '@jest/globals';
import { FoundDelays } from '../../src/engine/probe-delays';
import { PROBE_FOUND_DELAYS_MAX } from '../../src/model/spec/limits';
import { probeWorkload } from '../../src/model/spec/probe';
import type { ProbeSpec } from '../../src/model/spec/workload';
import { about, play, type Scene } from './scene';

/** A leader in a with the probe's session, its follower in b about 10 ms behind; reads go to the follower. */
function probing(probe: ProbeSpec, scene: Scene = {}): Scene {
  return {
    datacenters: { a: 1, b: 1 },
    links: [{ between: ['a', 'b'], latency: about(10) }],
    reads: 'ANY_FOLLOWER',
    workload: probeWorkload({ probe, datacenter: 'a', timeoutMs: 5000, valueBytes: 1 }),
    ...scene,
  };
}

describe('a probe', () => {
  const { ended, settles, stops } = play(probing({ writes: 50, readDelaysMs: [0, 7, 20] }));

  it('writes a fresh key each time and reads it after the delay, with no two probes overlapping', () => {
    expect(ended.map(({ kind }) => kind)).toEqual(
      Array.from({ length: 300 }, (_, index) => (index % 2 === 0 ? 'WRITE' : 'READ')),
    );
    for (let probe = 0; probe < 150; probe++) {
      const [write, read] = [ended[2 * probe], ended[2 * probe + 1]];
      expect([write.key, read.key]).toEqual([probe, probe]);
      expect(read.invokedAtMs - write.completedAtMs).toBeCloseTo([0, 7, 20][probe % 3], 9);
      if (probe > 0) expect(write.invokedAtMs).toBe(ended[2 * probe - 1].completedAtMs);
    }
  });

  it('ends the run with its last read: the clients stop, and the replicas come to rest', () => {
    expect(stops).toEqual([ended[299].completedAtMs]);
    expect(settles[0].atMs - stops[0]).toBeLessThan(1000);
    expect(settles[0].states[0].versions).toEqual(settles[0].states[1].versions);
  });

  it('reads nothing after a write that was not acknowledged', () => {
    const crash = { crash: { node: 'a-1', atMs: 100, restartAfterMs: 20_000 } };
    const down = play(probing({ writes: 50, readDelaysMs: [3] }, { faults: [crash] })).ended;
    const lost = down.findIndex(({ outcome }) => outcome === 'UNKNOWN');
    expect(down[lost].kind).toBe('WRITE');
    expect(down[lost + 1].kind).toBe('WRITE');
    expect(down.filter(({ kind }) => kind === 'WRITE')).toHaveLength(50);
  });

  it('leaves the faults out that would have come after its end', () => {
    const late = { crash: { node: 'b-1', atMs: 1_000_000, restartAfterMs: null } };
    const { faults } = play(probing({ writes: 5, readDelaysMs: [3] }, { faults: [late] }));
    expect(faults).toEqual([]);
  });
});

describe('a grid that is found', () => {
  /** Plays a probe whose reads are fresh with probability 1 − e^(−t / 10 ms), t the delay: 46 ms for 99 %. */
  function gridOf(writes: number): { readonly delayMs: number; readonly share: number }[] {
    const grid = new Map<number, number>();
    const delays = new FoundDelays(writes);
    let probes = 0;
    let fractionBefore = 0;
    let falls = 0;
    for (let delayMs = delays.next(); delayMs !== null; delayMs = delays.next()) {
      // The same shares of chance for every delay, so that the shares are exact and rise with it.
      const isFresh = (probes++ % writes) / writes < 1 - Math.exp(-delayMs / 10);
      grid.set(delayMs, (grid.get(delayMs) ?? 0) + (isFresh ? 1 : 0));
      delays.learn({ writeMs: 4, isFresh });
      if (delays.fraction < fractionBefore) falls++;
      fractionBefore = delays.fraction;
    }
    expect([delays.fraction, falls]).toEqual([1, 0]);
    return [...grid]
      .map(([delayMs, fresh]) => ({ delayMs, share: fresh / writes }))
      .sort((one, other) => one.delayMs - other.delayMs);
  }

  it('has both targets closely between two of its delays, and begins at 0', () => {
    const grid = gridOf(10_000);
    expect(grid[0].delayMs).toBe(0);
    expect(grid.length).toBeLessThanOrEqual(PROBE_FOUND_DELAYS_MAX);
    for (const [target, atMs] of [
      [0.99, 46.05],
      [0.999, 69.08],
    ]) {
      const above = grid.findIndex(({ share }) => share >= target);
      expect(grid[above].delayMs).toBeGreaterThanOrEqual(0.99 * atMs);
      expect(grid[above - 1].delayMs).toBeLessThanOrEqual(1.01 * atMs);
      expect(grid[above].delayMs / grid[above - 1].delayMs).toBeLessThan(1.1);
    }
  });

  it('gives up after an hour where a later read is never any better', () => {
    const delays = new FoundDelays(2);
    let probes = 0;
    let longestMs = 0;
    for (let delayMs = delays.next(); delayMs !== null; delayMs = delays.next(), probes++) {
      longestMs = Math.max(longestMs, delayMs);
      delays.learn({ writeMs: 1, isFresh: false });
    }
    expect(longestMs).toBeGreaterThan(1_800_000);
    expect(longestMs).toBeLessThanOrEqual(3_600_000);
    expect(probes).toBeLessThan(2 * PROBE_FOUND_DELAYS_MAX);
  });

  it('is a single delay where writes take no time', () => {
    const delays = new FoundDelays(3);
    for (let probe = 0; probe < 3; probe++) {
      expect(delays.next()).toBe(0);
      delays.learn({ writeMs: 0, isFresh: true });
    }
    expect(delays.next()).toBeNull();
  });
});
