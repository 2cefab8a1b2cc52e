import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SOUND_LINK, type LinkCondition } from '../../src/engine/link';
import { Correspondence } from '../support/correspondence';

const forward = { from: 0, to: 1 };
const LONG_MS = 1e6;
const tenMs = () => new Correspondence({ latency: { constant: { ms: 10 } } });

/** A stream whose first segment, 0, was lost to a partition at 10 ms. */
function heldStream(): Correspondence {
  const world = tenMs();
  world.network.cut(forward);
  world.network.stream(0, 1, 0, 0);
  return world.playUntil(50);
}

describe('a stream whose direction is cut', () => {
  it.each([
    [100, 220],
    [211, 620],
    [611, 1420],
    [1411, 3020],
    [3011, 6220],
    [6211, 11_220],
    [11_211, 16_220],
    [16_211, 21_220],
  ])(
    'sends again after 200 ms and twice as long each time, but no longer than 5 s: mended at %d it arrives at %d',
    (mendedAtMs, arrivesAtMs) => {
      const world = heldStream().playUntil(mendedAtMs);
      world.network.mend(forward);
      expect(world.playUntil(LONG_MS).log).toEqual([`0 @ ${arrivesAtMs}`]);
    },
  );

  it('lets what is sent meanwhile come behind the segment that was lost, in order', () => {
    const world = heldStream();
    world.network.stream(0, 1, 1, 0);
    world.playUntil(100).network.mend(forward);
    world.network.stream(0, 1, 2, 0);
    world.playUntil(215).network.stream(0, 1, 3, 0);
    expect(world.playUntil(LONG_MS).log).toEqual(['0 @ 220', '1 @ 220', '2 @ 220', '3 @ 225']);
  });

  it('loses a retransmission that would be delivered while it is cut again', () => {
    const world = heldStream();
    world.network.mend(forward);
    world.playUntil(215).network.cut(forward);
    world.playUntil(300).network.mend(forward);
    expect(world.playUntil(LONG_MS).log).toEqual(['0 @ 630']);
  });

  it('does not hold the retransmission up by segments that come after it and travel slowly', () => {
    const world = heldStream();
    world.network.mend(forward);
    world.network.setLink(forward, { ...SOUND_LINK, extraMs: 5000 });
    world.network.stream(0, 1, 1, 0);
    world.network.setLink(forward, SOUND_LINK);
    expect(world.playUntil(LONG_MS).log).toEqual(['0 @ 220', '1 @ 5060']);
  });

  it('holds up neither messages that stand for themselves nor other streams', () => {
    const world = heldStream();
    world.network.stream(1, 0, 1, 0);
    world.network.stream(0, 2, 2, 0);
    world.network.mend(forward);
    world.network.send(0, 1, 3, 0);
    expect(world.playUntil(100).log).toEqual(['1 @ 60', '2 @ 60', '3 @ 60']);
  });

  it('comes through unharmed when it is mended before anything arrives', () => {
    const world = tenMs();
    world.network.cut(forward);
    world.network.stream(0, 1, 0, 0);
    world.playUntil(9).network.mend(forward);
    expect(world.playUntil(LONG_MS).log).toEqual(['0 @ 10']);
  });
});

describe('a stream over a link that loses', () => {
  it('arrives late and in order, and its segments wait for retransmissions as often as the loss says', () => {
    const world = new Correspondence({ latency: { constant: { ms: 10 } }, loss: 0.1 });
    for (let kind = 0; kind < 2000; kind++) world.playUntil(10_000 * kind).network.stream(0, 1, kind, 0);
    const delays = world.playUntil(1e8).letters.map(({ kind, atMs }) => atMs - 10_000 * kind);
    const share = (delayMs: number) => delays.filter((delay) => delay === delayMs).length / 2000;
    const bound = (expected: number) => 4 * Math.sqrt((expected * (1 - expected)) / 2000);
    expect(world.kinds()).toEqual(Array.from({ length: 2000 }, (_, kind) => kind));
    expect(Math.abs(share(10) - 0.9)).toBeLessThan(bound(0.9));
    expect(Math.abs(share(220) - 0.09)).toBeLessThan(bound(0.09));
    expect(Math.abs(share(620) - 0.009)).toBeLessThan(bound(0.009));
  });

  it('waits as long as everything is lost, and then arrives', () => {
    const world = tenMs();
    world.network.setLink(forward, { ...SOUND_LINK, loss: 1 });
    world.sendMany(100, 'stream').playUntil(60_000);
    expect(world.letters).toEqual([]);
    world.network.setLink(forward, SOUND_LINK);
    expect(world.playUntil(66_000).kinds()).toEqual(Array.from({ length: 100 }, (_, kind) => kind));
  });
});

describe('a stream that waits for a retransmission when an end of it crashes', () => {
  it.each([
    ['the sender', 0, 'LOST'],
    ['the sender, but not what it had sent,', 0, 'DELIVERED'],
    ['the receiver', 1, 'LOST'],
  ] as const)('loses what waited, and begins anew: %s', (_, endpoint, inFlight) => {
    const world = heldStream();
    world.network.beginLife(endpoint, inFlight);
    world.network.beginLife(endpoint, 'DELIVERED');
    world.network.mend(forward);
    world.network.stream(0, 1, 1, 0);
    expect(world.playUntil(LONG_MS).log).toEqual(['1 @ 60']);
  });

  it('has no retransmission of the new connection from alarms of the old one', () => {
    const world = heldStream();
    world.network.beginLife(0, 'LOST');
    world.playUntil(150).network.stream(0, 1, 1, 0);
    world.playUntil(200).network.mend(forward);
    expect(world.playUntil(LONG_MS).log).toEqual(['1 @ 370']);
  });

  it('does not end the old connection’s retransmission that was under way in the new one', () => {
    const world = heldStream();
    world.network.mend(forward);
    world.playUntil(215).network.beginLife(1, 'LOST');
    world.network.stream(0, 1, 1, 0);
    expect(world.playUntil(LONG_MS).log).toEqual(['1 @ 225']);
  });

  it('delivers what was sent before the crash, where in-flight messages are', () => {
    const world = tenMs();
    world.network.stream(0, 1, 0, 0);
    world.network.send(0, 1, 1, 0);
    world.playUntil(5).network.beginLife(0, 'DELIVERED');
    expect(world.playUntil(LONG_MS).log).toEqual(['0 @ 10', '1 @ 10']);
  });
});

describe('streams, whatever happens to their links', () => {
  const pair = fc.constantFrom(forward, { from: 1, to: 0 });
  const chance = fc.constantFrom(0, 0.1, 0.5, 0.9);
  const condition: fc.Arbitrary<LinkCondition> = fc.record({
    factor: fc.constantFrom(0, 1, 20),
    extraMs: fc.constantFrom(0, 0, 300),
    loss: chance,
    duplication: chance,
  });
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ act: fc.constant('stream' as const), pair }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('send' as const), pair }) },
    {
      weight: 3,
      arbitrary: fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 900 }) }),
    },
    { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('cut' as const, 'mend' as const), pair }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('condition' as const), pair, condition }) },
    {
      weight: 1,
      arbitrary: fc.record({ act: fc.constant('crash' as const), endpoint: fc.constantFrom(0, 1) }),
    },
  );
  type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;
  const UNORDERED = 1_000_000;
  const PER_CONNECTION = 1000;

  /** Kinds of segments: connection × 1000 + number in it. */
  class Story {
    readonly world = new Correspondence({ latency: { exponential: { meanMs: 20, offsetMs: 1 } } }, 2);
    /** Segments of each connection, by sender. */
    readonly sent = [[0], [0]];
    private readonly cuts = [0, 0];
    private unordered = 0;

    play(step: Step): void {
      const { network, queue } = this.world;
      switch (step.act) {
        case 'wait':
          this.world.playUntil(queue.now + step.ms);
          break;
        case 'crash':
          network.beginLife(step.endpoint, 'LOST');
          for (const connections of this.sent) connections.push(0);
          break;
        case 'condition':
          network.setLink(step.pair, step.condition);
          break;
        case 'cut':
          this.cuts[step.pair.from]++;
          network.cut(step.pair);
          break;
        case 'mend':
          if (this.cuts[step.pair.from] > 0) this.mend(step.pair.from);
          break;
        case 'send':
          network.send(step.pair.from, step.pair.to, UNORDERED + this.unordered++, 0);
          break;
        case 'stream':
          this.stream(step.pair.from);
      }
    }

    heal(): void {
      for (const from of [0, 1]) {
        while (this.cuts[from] > 0) this.mend(from);
        this.world.network.setLink({ from, to: 1 - from }, SOUND_LINK);
      }
      this.world.playUntil(this.world.queue.now + 60_000);
    }

    private mend(from: number): void {
      this.cuts[from]--;
      this.world.network.mend({ from, to: 1 - from });
    }

    private stream(from: number): void {
      const connections = this.sent[from];
      const connection = connections.length - 1;
      this.world.network.stream(from, 1 - from, connection * PER_CONNECTION + connections[connection]++, 0);
    }
  }

  const after = (steps: readonly Step[]): Story => {
    const story = new Story();
    for (const each of steps) story.play(each);
    story.heal();
    return story;
  };
  const segmentsFrom = ({ world }: Story, from: number) =>
    world.kinds({ from }).filter((kind) => kind < UNORDERED);

  it('deliver of every connection the beginning, in order and once, and of the last one everything', () => {
    const property = fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const story = after(steps);
      for (const from of [0, 1]) {
        const connections = story.sent[from];
        const came = connections.map(
          (_, connection) =>
            segmentsFrom(story, from).filter((kind) => Math.floor(kind / PER_CONNECTION) === connection)
              .length,
        );
        expect(came.at(-1)).toBe(connections.at(-1));
        expect(segmentsFrom(story, from)).toEqual(
          came.flatMap((count, connection) =>
            Array.from({ length: count }, (_, index) => connection * PER_CONNECTION + index),
          ),
        );
      }
    });
    fc.assert(property, { numRuns: 500, seed: 1 });
  });

  it('leave the network without anything to do when all is whole', () => {
    const property = fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      expect(after(steps).world.queue.size).toBe(0);
    });
    fc.assert(property, { numRuns: 200, seed: 2 });
  });

  it('leave messages that stand for themselves alone: none comes more than twice', () => {
    const property = fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const counts = new Map<number, number>();
      for (const kind of after(steps).world.kinds())
        if (kind >= UNORDERED) counts.set(kind, (counts.get(kind) ?? 0) + 1);
      expect(Math.max(0, ...counts.values())).toBeLessThanOrEqual(2);
    });
    fc.assert(property, { numRuns: 200, seed: 3 });
  });
});
