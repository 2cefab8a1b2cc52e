import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Correspondence } from '../support/correspondence';

const forward = { from: 0, to: 1 };
const LONG_MS = 1e6;
const tenMs = () => new Correspondence({ latency: { constant: { ms: 10 } } });

describe('streams of several channels between the same two', () => {
  it('do not hold each other up', () => {
    const world = tenMs();
    world.network.cut(forward);
    world.network.stream(0, 1, 0, 0, 7);
    world.playUntil(50).network.mend(forward);
    world.network.stream(0, 1, 1, 0, 0);
    world.network.stream(0, 1, 2, 0, 7);
    world.network.stream(0, 1, 3, 0, 8);
    expect(world.playUntil(LONG_MS).log).toEqual(['1 @ 60', '3 @ 60', '0 @ 220', '2 @ 220']);
  });

  it('each wait for their own retransmission', () => {
    const world = tenMs();
    world.network.cut(forward);
    world.network.stream(0, 1, 0, 0, 1);
    world.playUntil(100).network.stream(0, 1, 1, 0, 0);
    world.playUntil(150).network.mend(forward);
    expect(world.playUntil(LONG_MS).log).toEqual(['0 @ 220', '1 @ 320']);
  });

  it('all break when one of the two crashes', () => {
    const world = tenMs();
    world.network.cut(forward);
    for (const channel of [0, 1, 2]) world.network.stream(0, 1, channel, 0, channel);
    world.playUntil(20).network.mend(forward);
    world.network.stream(0, 1, 3, 0, 4);
    world.playUntil(25).network.beginLife(1, 'DELIVERED');
    for (const channel of [0, 1, 2]) world.network.stream(0, 1, 10 + channel, 0, channel);
    expect(world.playUntil(LONG_MS).log).toEqual(['10 @ 35', '11 @ 35', '12 @ 35']);
    expect(world.queue.size).toBe(0);
  });

  it('share the latencies of their link', () => {
    const arrivals = (channels: number) => {
      const world = new Correspondence({ latency: { exponential: { meanMs: 5, offsetMs: 0 } } });
      for (let kind = 0; kind < 100; kind++)
        world.playUntil(1000 * kind).network.stream(0, 1, kind, 0, kind % channels);
      return world.playUntil(LONG_MS).log;
    };
    expect(arrivals(7)).toEqual(arrivals(1));
  });

  it('deliver everything once, in the order of each channel, however lossy the link', () => {
    const sending = fc.record({ channel: fc.nat({ max: 3 }), ms: fc.nat({ max: 300 }) });
    const property = fc.property(fc.array(sending, { maxLength: 60 }), (sendings) => {
      const world = new Correspondence({ latency: { exponential: { meanMs: 20, offsetMs: 1 } }, loss: 0.3 });
      for (const [index, { channel, ms }] of sendings.entries()) {
        world.playUntil(world.queue.now + ms).network.stream(0, 1, 1000 * channel + index, 0, channel);
      }
      world.playUntil(world.queue.now + LONG_MS);
      const sent = sendings.map(({ channel }, index) => 1000 * channel + index);
      const ofChannel = (kinds: readonly number[], channel: number) =>
        kinds.filter((kind) => Math.floor(kind / 1000) === channel);
      for (const channel of [0, 1, 2, 3])
        expect(ofChannel(world.kinds(), channel)).toEqual(ofChannel(sent, channel));
      expect(world.letters).toHaveLength(sendings.length);
    });
    fc.assert(property, { numRuns: 200, seed: 1 });
  });
});
