import { describe, expect, it } from '@jest/globals';
import type { FaultSpec, InFlight } from '../../../src/model/spec/fault';
import { playFaults, playToTheEnd } from './afflicted';

const NODE = { node: 'a-1' };
const crash = (
  atMs: number,
  restartAfterMs: number | null = null,
  inFlight: InFlight = 'LOST',
): FaultSpec => ({
  crash: { ...NODE, atMs, restartAfterMs, inFlight },
});
const restart = (atMs: number): FaultSpec => ({ restart: { ...NODE, atMs } });
const pause = (atMs: number, durationMs: number): FaultSpec => ({ pause: { ...NODE, atMs, durationMs } });
const outage = (atMs: number, durationMs: number): FaultSpec => ({
  datacenterOutage: { datacenter: 'a', atMs, durationMs },
});
const slowDisk = (atMs: number, durationMs: number, factor: number): FaultSpec => ({
  slowDisk: { ...NODE, atMs, durationMs, factor },
});

/** As `crash 10, restart 50`: what happens to a-1. */
function fate(faults: readonly FaultSpec[]): string {
  return playFaults(faults)
    .world.lines.map((line) => /^(\S+) (crash|restart|pause|resume) a-1/.exec(line))
    .filter((match) => match !== null)
    .map(([, atMs, what]) => `${what} ${atMs}`)
    .join(', ');
}

describe('a crash', () => {
  it.each([
    ['lasts as long as it says', [crash(10, 40)], 'crash 10, restart 50'],
    ['may last to the end', [crash(10)], 'crash 10'],
    [
      'happens in the order of time',
      [crash(60, 5), crash(10, 5)],
      'crash 10, restart 15, crash 60, restart 65',
    ],
    [
      'of a node that is down does nothing, and neither does its restart',
      [crash(10, 100), crash(20, 10)],
      'crash 10, restart 110',
    ],
    ['is what a restart needs', [restart(5), crash(10)], 'crash 10'],
    ['ends with a restart before its time', [crash(10, 100), restart(20)], 'crash 10, restart 20'],
    [
      'that is over does not end a later one',
      [crash(10, 100), restart(20), crash(50)],
      'crash 10, restart 20, crash 50',
    ],
    [
      'that touches another is one of two',
      [crash(10, 40), crash(50, 40)],
      'crash 10, restart 50, crash 50, restart 90',
    ],
    ['without duration still loses what it loses', [crash(10, 0)], 'crash 10, restart 10'],
    ['too short for the resolution of the clock ends', [crash(500, 1e-14)], 'crash 500, restart 500'],
    ['is not left at the end', [crash(10, 990), crash(1000), restart(1001)], 'crash 10'],
  ])('%s', (_, faults, expected) => {
    expect(fate(faults)).toBe(expected);
  });

  it('loses what is in flight, or not, as it says', () => {
    expect(playFaults([crash(1)]).world.lines).toEqual(['1 crash a-1 LOST']);
    expect(playFaults([crash(1, null, 'DELIVERED')]).world.lines).toEqual(['1 crash a-1 DELIVERED']);
  });

  it('leaves the other nodes alone', () => {
    const other: FaultSpec = { crash: { node: 'b-1', atMs: 20, restartAfterMs: 10, inFlight: 'LOST' } };
    expect(playFaults([crash(10, 40), other]).told).toEqual([
      '10 CRASH a-1',
      '20 CRASH b-1',
      '30 RESTART b-1',
      '50 RESTART a-1',
    ]);
  });
});

describe('a pause', () => {
  it.each([
    ['lasts as long as it says', [pause(10, 40)], 'pause 10, resume 50'],
    [
      'that overlaps another goes on until the last ends',
      [pause(10, 40), pause(20, 10)],
      'pause 10, resume 50',
    ],
    ['is extended by one that ends later', [pause(10, 40), pause(20, 100)], 'pause 10, resume 120'],
    ['of a node that is down does nothing', [crash(10, 40), pause(20, 100)], 'crash 10, restart 50'],
    [
      'ends with a crash, and does not come back',
      [pause(10, 90), crash(20, 30)],
      'pause 10, crash 20, restart 50',
    ],
    [
      'after a crash is another than the one before',
      [pause(10, 90), crash(20, 10), pause(40, 100)],
      'pause 10, crash 20, restart 30, pause 40, resume 140',
    ],
  ])('%s', (_, faults, expected) => {
    expect(fate(faults)).toBe(expected);
  });
});

describe("a datacenter's outage", () => {
  it('crashes its nodes, cuts its clients off from every node, and undoes both', () => {
    expect(playFaults([outage(10, 40)]).told).toEqual([
      '10 DATACENTER_OUTAGE a-1 a-2 a',
      '50 DATACENTER_RESTORED a-1 a-2 a',
    ]);
    const { lines } = playFaults([outage(10, 40)]).world;
    expect(lines.slice(0, lines.length / 2).sort()).toEqual([
      '10 crash a-1 LOST',
      '10 crash a-2 LOST',
      '10 cut a-1 > clients of a',
      '10 cut a-2 > clients of a',
      '10 cut b-1 > clients of a',
      '10 cut clients of a > a-1',
      '10 cut clients of a > a-2',
      '10 cut clients of a > b-1',
      '10 cut clients of a > clients of b',
      '10 cut clients of b > clients of a',
    ]);
  });

  it.each([
    [
      'keeps a node down whose restart comes meanwhile',
      [crash(10, 30), outage(20, 80)],
      'crash 10, restart 100',
    ],
    ['keeps a node down that is told to restart', [outage(20, 80), restart(50)], 'crash 20, restart 100'],
    ['does not end a crash that lasts longer', [crash(10, 190), outage(20, 80)], 'crash 10, restart 200'],
    ['makes a crash that comes meanwhile nothing', [outage(20, 80), crash(50, 500)], 'crash 20, restart 100'],
    [
      'that overlaps another goes on until the last ends',
      [outage(20, 80), outage(50, 100)],
      'crash 20, restart 150',
    ],
    ['ends a pause', [pause(10, 500), outage(20, 80)], 'pause 10, crash 20, restart 100'],
  ])('%s', (_, faults, expected) => {
    expect(fate(faults)).toBe(expected);
  });

  it('is told by the nodes that it took down or gave back', () => {
    expect(playFaults([crash(10), outage(20, 80)]).told).toEqual([
      '10 CRASH a-1',
      '20 DATACENTER_OUTAGE a-2 a',
      '100 DATACENTER_RESTORED a-2 a',
    ]);
  });

  it('is not healed with the partitions', () => {
    const { lines } = playFaults([outage(20, 80), { heal: { atMs: 50 } }]).world;
    expect(lines.filter((line) => line.startsWith('50'))).toEqual([]);
  });
});

describe('a rolling upgrade', () => {
  const upgrade = (nodes: readonly string[] | null): FaultSpec => ({
    rollingUpgrade: { nodes, atMs: 10, downMs: 20, betweenMs: 5 },
  });

  it('shuts down one node after the other, and lets arrive what they sent', () => {
    expect(playFaults([upgrade(null)]).world.lines).toEqual([
      '10 crash a-1 DELIVERED',
      '30 upgrade a-1',
      '30 restart a-1',
      '35 crash a-2 DELIVERED',
      '55 upgrade a-2',
      '55 restart a-2',
      '60 crash b-1 DELIVERED',
      '80 upgrade b-1',
      '80 restart b-1',
    ]);
  });

  it('upgrades no node that is down already, and one whose datacenter is out before that comes back', () => {
    const { lines } = playFaults([crash(0), upgrade(['a-1', 'a-2']), outage(40, 30)]).world;
    expect(lines.filter((line) => /(crash|upgrade|restart) a-2/.test(line))).toEqual([
      '35 crash a-2 DELIVERED',
      '55 upgrade a-2',
      '70 restart a-2',
    ]);
    expect(lines).not.toContain('30 upgrade a-1');
  });

  it('keeps to its order and its times, even if a node is down already', () => {
    expect(playFaults([crash(0), upgrade(['b-1', 'a-1', 'a-2'])]).told).toEqual([
      '0 CRASH a-1',
      '10 UPGRADE b-1',
      '30 RESTART b-1',
      '60 UPGRADE a-2',
      '80 RESTART a-2',
    ]);
  });
});

describe('a slow disk', () => {
  it('multiplies its factor with those of others, and is sound again exactly', () => {
    const faults = [slowDisk(10, 100, 0.1), slowDisk(20, 50, 3), slowDisk(30, 10, 7)];
    const { told, world } = playFaults(faults);
    expect(told).toEqual([
      '10 SLOW_DISK a-1 0.1',
      `20 SLOW_DISK a-1 ${0.1 * 3}`,
      `30 SLOW_DISK a-1 ${0.1 * 3 * 7}`,
      `40 SLOW_DISK a-1 ${0.1 * 3}`,
      '70 SLOW_DISK a-1 0.1',
      '110 DISK_RESTORED a-1',
    ]);
    expect(world.disks.get(0)).toBe(1);
  });

  it('is nothing with the factor 1', () => {
    expect(playFaults([slowDisk(10, 100, 1)]).told).toEqual([]);
  });
});

describe('a skewed clock', () => {
  const skew = (atMs: number, durationMs: number | null, offsetMs: number, driftPpm = 0): FaultSpec => ({
    clockSkew: { ...NODE, atMs, durationMs, offsetMs, driftPpm },
  });

  it('jumps, adds up with others, and is set right again', () => {
    expect(playFaults([skew(10, 90, 500), skew(20, 10, -200)]).told).toEqual([
      '10 CLOCK_SKEW a-1 500.000 0',
      '20 CLOCK_SKEW a-1 300.000 0',
      '30 CLOCK_SKEW a-1 500.000 0',
      '100 CLOCK_CORRECTED a-1',
    ]);
  });

  it('drifts from its own beginning', () => {
    const { world } = playFaults([skew(100, null, 1, 50_000)]);
    const { offsetMs, driftPpm } = world.clocks.get(0) ?? { offsetMs: NaN, driftPpm: NaN };
    const errorAt = (now: number) => offsetMs + (driftPpm * now) / 1e6;
    expect(errorAt(100)).toBeCloseTo(1, 9);
    expect(errorAt(300)).toBeCloseTo(1 + 200 * 0.05, 9);
  });

  it("goes back to the clock's own error, at the latest when everything ends", () => {
    const own = { node: 'a-1', offsetMs: 7, driftPpm: 3 };
    const { world, told } = playToTheEnd([skew(100, null, 500, 40)], { clocks: [own] });
    expect(world.lines[0]).toBe('-1000 clock of a-1 7 ms 3 ppm');
    expect(world.clocks.get(0)).toEqual({ offsetMs: 7, driftPpm: 3 });
    expect(told.at(-1)).toBe('1000 CLOCK_CORRECTED a-1');
  });
});
