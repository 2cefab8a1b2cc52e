import { describe, expect, it } from '@jest/globals';
import { SOUND_LINK, type LinkCondition } from '../../src/engine/link';
import { HEADER_BYTES } from '../../src/engine/network';
import { InvariantError } from '../../src/model/invariant';
import { Correspondence } from '../support/correspondence';
import type { PlainNetwork } from '../support/plain-network';

const TEN_MS: PlainNetwork['latency'] = { constant: { ms: 10 } };
const ABOUT_TEN_MS: PlainNetwork['latency'] = { exponential: { meanMs: 10, offsetMs: 0 } };
const LONG_MS = 1e6;
const thereAndBack = [
  { from: 0, to: 1 },
  { from: 1, to: 0 },
];
const forward = { from: 0, to: 1 };

/** Within four standard errors of a share. */
function expectShare(count: number, { of: total, share }: { readonly of: number; readonly share: number }) {
  expect(Math.abs(count - total * share)).toBeLessThan(4 * Math.sqrt(total * share * (1 - share)));
}

describe('a link that loses', () => {
  it('loses its share of what is sent', () => {
    const { letters } = new Correspondence({ latency: TEN_MS, loss: 0.2 })
      .sendMany(10_000)
      .playUntil(LONG_MS);
    expectShare(letters.length, { of: 10_000, share: 0.8 });
  });

  it('loses everything if its loss is 1', () => {
    const { letters } = new Correspondence({ latency: TEN_MS, loss: 1 }).sendMany(1000).playUntil(LONG_MS);
    expect(letters).toEqual([]);
  });

  it('loses by a fault beside what it loses of its own', () => {
    const world = new Correspondence({ latency: TEN_MS, loss: 0.2 });
    world.network.setLink(forward, { ...SOUND_LINK, loss: 0.5 });
    expectShare(world.sendMany(10_000).playUntil(LONG_MS).letters.length, { of: 10_000, share: 0.4 });
  });

  it('loses the very same after a fault as if there had been none', () => {
    const untouched = new Correspondence({ latency: TEN_MS, loss: 0.1 });
    const healed = new Correspondence({ latency: TEN_MS, loss: 0.1 });
    healed.network.setLink(forward, { factor: 3, extraMs: 1, loss: 0, duplication: 0 });
    healed.network.setLink(forward, SOUND_LINK);
    for (const world of [untouched, healed]) world.sendMany(2000).playUntil(LONG_MS);
    expect(healed.letters).toEqual(untouched.letters);
  });

  it('counts what it loses among what is sent', () => {
    const { network } = new Correspondence({ latency: TEN_MS, loss: 1 }).sendMany(10).playUntil(LONG_MS);
    expect([network.messages, network.bytes]).toEqual([10, 10 * HEADER_BYTES]);
  });

  it('leaves the latency of whatever arrives as it is without loss and duplication', () => {
    const arrivals = (condition: Partial<LinkCondition>) => {
      const world = new Correspondence({ latency: ABOUT_TEN_MS, jitter: ABOUT_TEN_MS });
      world.network.setLink(forward, { ...SOUND_LINK, ...condition });
      for (let kind = 0; kind < 500; kind++) {
        world.playUntil(kind);
        world.network.send(0, 1, kind, 0);
        world.network.stream(0, 1, -1, 0);
      }
      const first = new Map<number, number>();
      for (const { kind, atMs } of world.playUntil(LONG_MS).letters)
        if (kind >= 0 && !first.has(kind)) first.set(kind, atMs);
      return first;
    };
    const [sound, lossy] = [arrivals({}), arrivals({ loss: 0.3, duplication: 0.3 })];
    expect(sound.size).toBe(500);
    expectShare(lossy.size, { of: 500, share: 0.7 });
    for (const [kind, atMs] of lossy) expect(atMs).toBe(sound.get(kind));
  });
});

describe('a link that duplicates', () => {
  it('delivers its share of what arrives a second time, with the same contents', () => {
    const world = new Correspondence({ latency: ABOUT_TEN_MS, duplication: 0.3 });
    const { letters } = world.sendMany(10_000).playUntil(LONG_MS);
    expectShare(letters.length - 10_000, { of: 10_000, share: 0.3 });
    expect(new Set(letters.map(({ kind }) => kind)).size).toBe(10_000);
    expect(letters.every(({ from, to, kind, key }) => from === 0 && to === 1 && key === 7 * kind)).toBe(true);
  });

  it('delivers everything exactly twice if its duplication is 1', () => {
    const world = new Correspondence({ latency: ABOUT_TEN_MS, duplication: 1 });
    const kinds = world.sendMany(500).playUntil(LONG_MS).kinds();
    expect([...kinds].sort((one, other) => one - other)).toEqual(
      Array.from({ length: 1000 }, (_, index) => index >> 1),
    );
  });

  it('lets other messages overtake the second copy', () => {
    const world = new Correspondence({ latency: TEN_MS, duplication: 1 });
    expect(world.sendMany(2).playUntil(LONG_MS).log).toEqual(['0 @ 10', '1 @ 11', '0 @ 20', '1 @ 21']);
  });

  it('loses a second copy that would be delivered while its direction is cut', () => {
    const world = new Correspondence({ latency: TEN_MS, duplication: 1 }).sendMany(1).playUntil(15);
    world.network.cut(forward);
    expect(world.playUntil(LONG_MS).log).toEqual(['0 @ 10']);
  });

  it('duplicates no segment of a stream', () => {
    const world = new Correspondence({ latency: TEN_MS, duplication: 1 }).sendMany(3, 'stream');
    expect(world.playUntil(LONG_MS).kinds()).toEqual([0, 1, 2]);
  });

  it('duplicates by a fault beside what it duplicates of its own', () => {
    const world = new Correspondence({ latency: TEN_MS, duplication: 0.2 });
    world.network.setLink(forward, { ...SOUND_LINK, duplication: 0.5 });
    const { length } = world.sendMany(10_000).playUntil(LONG_MS).letters;
    expectShare(length - 10_000, { of: 10_000, share: 0.6 });
  });
});

describe('a partition', () => {
  it('loses what would be delivered while it lasts, and nothing that comes before or after', () => {
    const world = new Correspondence({ latency: TEN_MS });
    const { network } = world;
    for (const atMs of [0, 5, 10, 15, 20]) {
      world.playUntil(atMs);
      if (atMs === 15) network.cut(forward);
      network.send(0, 1, atMs, 0);
    }
    world.playUntil(26);
    network.mend(forward);
    expect(world.playUntil(LONG_MS).log).toEqual(['0 @ 10', '5 @ 15', '20 @ 30']);
  });

  it('lets pass what was sent before it began and arrives when it is over', () => {
    const world = new Correspondence({ latency: TEN_MS }).sendMany(1).playUntil(5);
    world.network.cut(forward);
    world.playUntil(8).network.mend(forward);
    expect(world.playUntil(LONG_MS).log).toEqual(['0 @ 10']);
  });

  it('cuts one direction of one pair', () => {
    const world = new Correspondence({ latency: TEN_MS });
    world.network.cut(forward);
    world.network.send(0, 1, 1, 0);
    world.network.send(1, 0, 2, 0);
    world.network.send(0, 2, 3, 0);
    expect(world.playUntil(LONG_MS).kinds()).toEqual([2, 3]);
  });

  it('lasts until it is mended as often as it was cut', () => {
    const world = new Correspondence({ latency: TEN_MS });
    const { network } = world;
    for (const pair of [...thereAndBack, forward]) network.cut(pair);
    for (const pair of thereAndBack) network.mend(pair);
    for (const { from, to } of thereAndBack) network.send(from, to, from, 0);
    expect(world.playUntil(100).kinds()).toEqual([1]);
    network.mend(forward);
    network.send(0, 1, 5, 0);
    expect(world.playUntil(LONG_MS).kinds()).toEqual([1, 5]);
  });

  it('cannot be mended where nothing is cut', () => {
    const { network } = new Correspondence({ latency: TEN_MS });
    expect(() => network.mend(forward)).toThrow(InvariantError);
  });
});

describe('a slow link', () => {
  it('multiplies latency and jitter, and adds to them, for what is sent from then on', () => {
    const world = new Correspondence({ latency: TEN_MS, jitter: { constant: { ms: 2 } } });
    const { network } = world;
    network.send(0, 1, 1, 0);
    network.setLink(forward, { ...SOUND_LINK, factor: 3, extraMs: 5 });
    network.send(0, 1, 2, 0);
    network.stream(0, 1, 3, 0);
    network.send(1, 0, 4, 0);
    network.setLink(forward, SOUND_LINK);
    network.send(0, 1, 5, 0);
    expect(world.playUntil(LONG_MS).log).toEqual(['1 @ 12', '4 @ 12', '5 @ 12', '2 @ 41', '3 @ 41']);
  });

  it('does not let a stream overtake itself when it is fast again', () => {
    const world = new Correspondence({ latency: TEN_MS });
    world.network.setLink(forward, { ...SOUND_LINK, extraMs: 100 });
    world.network.stream(0, 1, 1, 0);
    world.network.setLink(forward, SOUND_LINK);
    world.network.stream(0, 1, 2, 0);
    expect(world.playUntil(LONG_MS).log).toEqual(['1 @ 110', '2 @ 110']);
  });
});
