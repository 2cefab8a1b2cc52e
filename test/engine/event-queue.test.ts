import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventQueue } from '../../src/engine/event-queue';
import { POISON } from '../../src/engine/poison';
import { RandomStreams } from '../../src/engine/random-streams';
import { InvariantError } from '../../src/model/invariant';
import { HeapEventQueue } from '../support/heap-event-queue';

type Queue = Pick<EventQueue, 'now' | 'size' | 'blank' | 'recycle' | 'schedule' | 'next'>;

interface Taken {
  readonly timeMs: number;
  readonly label: number;
}

/** Schedules at the given delays (from the present), takes an event for each `null`, and the rest at the end. */
function play(steps: readonly (number | null)[], queue: Queue): readonly Taken[] {
  const taken: Taken[] = [];
  const take = (): void => {
    const message = queue.next();
    taken.push({ timeMs: queue.now, label: message.key });
    queue.recycle(message);
  };
  steps.forEach((delayMs, label) => {
    if (delayMs === null) {
      if (queue.size > 0) take();
      return;
    }
    const message = queue.blank();
    message.key = label;
    queue.schedule(message, queue.now + delayMs);
  });
  while (queue.size > 0) take();
  return taken;
}

/** Ties, no delay at all, delays of one bucket, of the ring, of the coarse ring, and of days. */
const delays = fc.oneof(
  fc.constantFrom(0, 0.25, 1, 10, 5000, 86_400_000),
  fc.double({ min: 0, max: 0.001, noNaN: true }),
  fc.double({ min: 0, max: 10, noNaN: true }),
  fc.double({ min: 0, max: 1000, noNaN: true }),
  fc.double({ min: 0, max: 100_000_000, noNaN: true }),
);
/** A burst: many events of one delay at once. */
const burst = fc
  .tuple(delays, fc.integer({ min: 1, max: 60 }))
  .map(([delay, count]) => new Array<number | null>(count).fill(delay));
const takes = fc.integer({ min: 1, max: 80 }).map((count) => new Array<number | null>(count).fill(null));
const steps = fc.array(fc.oneof(burst, takes, fc.array(fc.option(delays), { maxLength: 20 })), {
  maxLength: 60,
});

describe('EventQueue', () => {
  it('gives events as a heap by time and sequence does, whatever the width of its first buckets', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(0.001, 1, 10, 100_000), (parts, eventsPerMs) => {
        const all = parts.flat();
        const queue = new EventQueue({ startMs: -5, eventsPerMs });
        expect(play(all, queue)).toEqual(play(all, new HeapEventQueue(-5)));
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  /** Events of a steady load: each that is taken schedules another, after a delay that the round decides. */
  function playSteadily(queue: Queue, { pending, rounds, delayMs }: SteadyLoad): readonly Taken[] {
    const taken: Taken[] = [];
    for (let label = 0; label < pending + rounds; label++) {
      if (label >= pending) {
        const message = queue.next();
        taken.push({ timeMs: queue.now, label: message.key });
        queue.recycle(message);
      }
      const message = queue.blank();
      message.key = label;
      queue.schedule(message, queue.now + delayMs(label));
    }
    return taken;
  }

  interface SteadyLoad {
    readonly pending: number;
    readonly rounds: number;
    readonly delayMs: (label: number) => number;
  }

  const random = new RandomStreams(5n).stream({ purpose: 'test', entity: 'queue' });
  const dice = Float64Array.from({ length: 300_000 }, () => random.exponential());

  it.each([
    [
      'a load a thousand times that of the guess',
      { pending: 30_000, delayMs: (label: number) => dice[label] },
    ],
    ['a load a thousandth of the guess', { pending: 5, delayMs: (label: number) => 1000 * dice[label] }],
    [
      'a load that changes its pace',
      { pending: 500, delayMs: (label: number) => (label < 50_000 ? 0.001 : 100) * dice[label] },
    ],
    ['everything at once, again and again', { pending: 2000, delayMs: () => 1 }],
    [
      'short delays beside long ones',
      { pending: 3000, delayMs: (label: number) => (label % 7 === 0 ? 5000 : dice[label]) },
    ],
    ['no time at all', { pending: 1000, delayMs: (label: number) => (label % 1000 === 0 ? 1 : 0) }],
  ])('retunes itself and keeps the order: %s', (_, load) => {
    const steady = { rounds: 100_000, ...load };
    const taken = playSteadily(new EventQueue({ startMs: 0, eventsPerMs: 30 }), steady);
    const expected = playSteadily(new HeapEventQueue(0), steady);
    expect(
      taken.findIndex(
        ({ timeMs, label }, index) => timeMs !== expected[index].timeMs || label !== expected[index].label,
      ),
    ).toBe(-1);
  });

  it('finds the width that fits the load, from a guess that is far off', () => {
    const load = { pending: 1000, rounds: 200_000, delayMs: (label: number) => dice[label] };
    for (const eventsPerMs of [0.1, 1e6]) {
      const queue = new EventQueue({ startMs: 0, eventsPerMs });
      playSteadily(queue, load);
      expect(queue.bucketsPerMs).toBeGreaterThan(50);
      expect(queue.bucketsPerMs).toBeLessThan(5000);
    }
  });

  it('refuses what is past, and what is no time', () => {
    const queue = new EventQueue({ startMs: 0 });
    queue.schedule(queue.blank(), 2);
    queue.next();
    expect(() => queue.schedule(queue.blank(), 1)).toThrow('past');
    expect(() => queue.schedule(queue.blank(), NaN)).toThrow(InvariantError);
  });

  it('fills a recycled message with nonsense in a debug build', () => {
    const queue = new EventQueue({ startMs: 0, recycled: 'POISONED' });
    const message = queue.blank();
    message.key = 3;
    queue.recycle(message);
    expect(queue.blank().key).toBe(POISON);
  });

  it('holds a hundred thousand events of one moment in their order', () => {
    const taken = play(new Array<number>(100_000).fill(5), new EventQueue({ startMs: 0 }));
    expect(taken.every(({ label }, index) => label === index)).toBe(true);
  });

  it('moves the clock to the event that it gives', () => {
    const queue = new EventQueue({ startMs: -10 });
    queue.schedule(queue.blank(), -2);
    expect(queue.now).toBe(-10);
    queue.next();
    expect(queue.now).toBe(-2);
  });

  it('uses a recycled message again, without what it referred to', () => {
    const queue = new EventQueue({ startMs: 0 });
    const message = queue.blank();
    message.entries = [];
    queue.recycle(message);
    expect(queue.blank()).toBe(message);
    expect(message.entries).toBeNull();
  });

  it('is quiet when all that is left is abandoned', () => {
    const queue = new EventQueue({ startMs: 0 });
    queue.schedule(queue.blank(), 1);
    expect(queue.isQuiet).toBe(false);
    queue.abandoned++;
    expect(queue.isQuiet).toBe(true);
  });

  it('forgets the future', () => {
    const queue = new EventQueue({ startMs: 0 });
    queue.schedule(queue.blank(), 0);
    queue.schedule(queue.blank(), 1);
    queue.schedule(queue.blank(), 1e9);
    queue.clear();
    expect(queue.size).toBe(0);
    expect(queue.isQuiet).toBe(true);
  });
});
