import { describe, expect, it } from '@jest/globals';
import type { FaultSpec, PartitionSide } from '../../../src/model/spec/fault';
import { SOUND_LINK } from '../../../src/engine/link';
import { eitherOf } from '../../../src/engine/faults/link-conditions';
import { playFaults, playToTheEnd } from './afflicted';

const partition = (
  one: PartitionSide,
  other: PartitionSide,
  atMs: number,
  healAfterMs: number | null,
): FaultSpec => ({ partition: { between: [one, other], atMs, healAfterMs } });
const heal = (atMs: number): FaultSpec => ({ heal: { atMs } });

/** What is cut when all steps have been played. */
const cutBy = (...faults: readonly FaultSpec[]): readonly string[] =>
  [...playFaults(faults).world.cuts].sort();

describe('a partition', () => {
  it('between nodes cuts these alone', () => {
    expect(cutBy(partition(['a-1'], ['a-2', 'b-1'], 10, null))).toEqual([
      'a-1 > a-2',
      'a-1 > b-1',
      'a-2 > a-1',
      'b-1 > a-1',
    ]);
  });

  it('between datacenters cuts their clients too', () => {
    expect(cutBy(partition(['a'], ['b'], 10, null))).toHaveLength(2 * 3 * 2);
    expect(cutBy(partition(['a'], ['b'], 10, null))).toContain('clients of a > b-1');
    expect(cutBy(partition(['a'], ['b-1'], 10, null))).not.toContain('a-1 > clients of b');
  });

  it('in one direction leaves the other whole', () => {
    const oneWay: FaultSpec = { partition: { from: ['a-1'], to: ['b'], atMs: 10, healAfterMs: null } };
    expect(cutBy(oneWay)).toEqual(['a-1 > b-1', 'a-1 > clients of b']);
  });

  it('of a node named twice, by itself and by its datacenter, is one', () => {
    expect(cutBy(partition(['a', 'a-1'], ['b-1'], 10, null))).toHaveLength(6);
  });

  it('that isolates somebody cuts him off from all others, and leaves these whole', () => {
    const isolate: FaultSpec = { isolate: { node: 'b-1', atMs: 10, healAfterMs: null } };
    expect(cutBy(isolate)).toHaveLength(2 * 4);
    const place: FaultSpec = { isolate: { datacenter: 'a', atMs: 10, healAfterMs: null } };
    expect(cutBy(place)).toEqual(cutBy(partition(['a'], ['b'], 10, null)));
  });

  it('ends at its time', () => {
    expect(playFaults([partition(['a'], ['b'], 10, 40)]).told).toEqual([
      '10 PARTITION between a and b',
      '50 HEAL between a and b',
    ]);
  });

  it('keeps a pair parted until the last that parts it ends', () => {
    const { told, world } = playFaults([
      partition(['a-1'], ['a-2'], 10, 90),
      partition(['a-1'], ['a-2', 'b-1'], 20, 20),
      partition(['a-2'], ['a-1'], 30, 20),
    ]);
    expect(told).toEqual([
      '10 PARTITION between a-1 and a-2',
      '20 PARTITION between a-1 and (a-2, b-1)',
      '40 HEAL between a-1 and (a-2, b-1)',
      '100 HEAL between a-1 and a-2',
    ]);
    expect(world.lines.filter((line) => line.includes('a-1 > a-2'))).toEqual([
      '10 cut a-1 > a-2',
      '100 mend a-1 > a-2',
    ]);
  });

  it('is over with a heal, whose own end then does nothing', () => {
    const first = partition(['a'], ['b'], 10, 100);
    expect(playFaults([first, heal(50)]).told).toEqual([
      '10 PARTITION between a and b',
      '50 HEAL between a and b',
    ]);
    expect(playFaults([first, partition(['a-1'], ['a-2'], 20, null), heal(50)]).told.at(-1)).toBe(
      '50 HEAL everywhere',
    );
    expect(playFaults([heal(5), first]).told).toHaveLength(2);
  });

  it('that begins with a heal is spared', () => {
    expect(cutBy(partition(['a-1'], ['a-2'], 50, null), heal(50))).toHaveLength(2);
  });

  it('is over at the end', () => {
    const { world, told } = playToTheEnd([partition(['a'], ['b'], 10, null)]);
    expect(world.cuts.size).toBe(0);
    expect(told.at(-1)).toBe('1000 HEAL between a and b');
  });
});

describe('a slow link', () => {
  const BETWEEN: { between: [string, string] } = { between: ['a', 'b'] };
  const slow = (atMs: number, durationMs: number, factor: number, extraMs = 0): FaultSpec => ({
    slowLink: { ...BETWEEN, atMs, durationMs, factor, extraMs },
  });

  it('hits every pair of its datacenters, both ways', () => {
    const { links } = playFaults([slow(10, 40, 3, 5)]).world;
    expect(links.size).toBe(2 * 3 * 2);
    expect(new Set(links.values())).toEqual(new Set([SOUND_LINK]));
    const lasting = playFaults([slow(10, 2000, 3, 5)]).world.links;
    expect(lasting.get('clients of a > b-1')).toEqual({ ...SOUND_LINK, factor: 3, extraMs: 5 });
    expect(lasting.get('b-1 > a-2')).toEqual({ ...SOUND_LINK, factor: 3, extraMs: 5 });
  });

  it('reaches one way, within a datacenter, or everywhere', () => {
    const span = { atMs: 10, durationMs: 2000, factor: 2, extraMs: 0 };
    const linksOf = (fault: FaultSpec) => [...playFaults([fault]).world.links.keys()].sort();
    expect(linksOf({ slowLink: { from: 'b', to: 'a', ...span } })).toHaveLength(2 * 3);
    expect(linksOf({ slowLink: { within: 'b', ...span } })).toEqual([
      'b-1 > clients of b',
      'clients of b > b-1',
    ]);
    expect(linksOf({ slowLink: { everywhere: true, ...span } })).toHaveLength(5 * 4);
  });

  it('multiplies factors and adds extra times, and is sound again exactly', () => {
    const { world, told } = playFaults([slow(10, 90, 0.1, 5), slow(20, 20, 3, 1)]);
    expect(world.lines.filter((line) => line.includes(' a-1 > b-1'))).toEqual([
      '10 link a-1 > b-1 × 0.1 + 5, loss 0, twice 0',
      `20 link a-1 > b-1 × ${0.1 * 3} + 6, loss 0, twice 0`,
      '40 link a-1 > b-1 × 0.1 + 5, loss 0, twice 0',
      '100 link a-1 > b-1 × 1 + 0, loss 0, twice 0',
    ]);
    expect(told).toEqual([
      '10 SLOW_LINK between a and b 0.1 5',
      '20 SLOW_LINK between a and b 3 1',
      '40 LINK_RESTORED between a and b slow',
      '100 LINK_RESTORED between a and b slow',
    ]);
  });

  it('is nothing if it changes nothing', () => {
    expect(playFaults([slow(10, 90, 1)]).told).toEqual([]);
  });
});

describe('a lossy link', () => {
  const lossy = (atMs: number, loss: number, duplication: number): FaultSpec => ({
    lossyLink: { within: 'b', atMs, durationMs: 2000, loss, duplication },
  });

  it('loses what any of several would lose', () => {
    const { links } = playFaults([lossy(10, 0.5, 0), lossy(20, 0.5, 0.25)]).world;
    expect(links.get('b-1 > clients of b')).toEqual({ ...SOUND_LINK, loss: 0.75, duplication: 0.25 });
  });

  it('and a slow one are one condition', () => {
    const slow: FaultSpec = { slowLink: { within: 'b', atMs: 5, durationMs: 2000, factor: 2, extraMs: 0 } };
    const { links } = playFaults([slow, lossy(10, 1, 0)]).world;
    expect(links.get('b-1 > clients of b')).toEqual({ ...SOUND_LINK, factor: 2, loss: 1 });
  });

  it.each([
    [0, 0.1],
    [0.1, 0],
    [1, 0.7],
    [0.7, 1],
    [0.1, 1],
  ])('is exact where one of the chances (%d, %d) is 0 or 1', (one, other) => {
    expect(eitherOf(one, other)).toBe(Math.max(one, other));
  });
});
