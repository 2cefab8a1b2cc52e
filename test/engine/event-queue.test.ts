import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventQueue } from '../../src/engine/event-queue';

/** Schedules at the given delays (from the present), takes an event after each `null`, and the rest at the end. */
function play(steps: readonly (number | null)[], queue: EventQueue): { time: number; label: number }[] {
  const taken: { time: number; label: number }[] = [];
  const take = (): void => {
    const message = queue.next();
    taken.push({ time: queue.now, label: message.key });
    queue.recycle(message);
  };
  steps.forEach((delay, label) => {
    if (delay === null) {
      if (queue.size > 0) take();
      return;
    }
    const message = queue.blank();
    message.key = label;
    queue.schedule(message, queue.now + delay);
  });
  while (queue.size > 0) take();
  return taken;
}

/** The same by a list that is sorted anew each time; JavaScript's sort keeps the order of equals. */
function playByList(steps: readonly (number | null)[]): { time: number; label: number }[] {
  const taken: { time: number; label: number }[] = [];
  let waiting: { time: number; label: number }[] = [];
  const now = (): number => taken.at(-1)?.time ?? 0;
  const take = (): void => {
    waiting.sort((one, other) => one.time - other.time);
    taken.push(...waiting.slice(0, 1));
    waiting = waiting.slice(1);
  };
  steps.forEach((delay, label) => {
    if (delay === null) take();
    else waiting.push({ time: now() + delay, label });
  });
  while (waiting.length > 0) take();
  return taken;
}

describe('EventQueue', () => {
  it('gives events by time, equal times in the order in which they came', () => {
    const delay = fc.oneof(fc.constantFrom(0, 1, 2, 1000), fc.double({ min: 0, max: 10, noNaN: true }));
    fc.assert(
      fc.property(fc.array(fc.option(delay), { maxLength: 300 }), (steps) => {
        expect(play(steps, new EventQueue(0))).toEqual(playByList(steps));
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('holds a hundred thousand events of one moment in their order', () => {
    const taken = play(new Array<number>(100_000).fill(5), new EventQueue(0));
    expect(taken.every(({ label }, index) => label === index)).toBe(true);
  });

  it('moves the clock to the event that it gives', () => {
    const queue = new EventQueue(-10);
    queue.schedule(queue.blank(), -2);
    expect(queue.now).toBe(-10);
    queue.next();
    expect(queue.now).toBe(-2);
  });

  it('uses a recycled message again, without what it referred to', () => {
    const queue = new EventQueue(0);
    const message = queue.blank();
    message.entries = [];
    queue.recycle(message);
    expect(queue.blank()).toBe(message);
    expect(message.entries).toBeNull();
  });

  it('is quiet when all that is left is abandoned', () => {
    const queue = new EventQueue(0);
    queue.schedule(queue.blank(), 1);
    expect(queue.isQuiet).toBe(false);
    queue.abandoned++;
    expect(queue.isQuiet).toBe(true);
  });

  it('forgets the future', () => {
    const queue = new EventQueue(0);
    queue.schedule(queue.blank(), 1);
    queue.clear();
    expect(queue.size).toBe(0);
    expect(queue.isQuiet).toBe(true);
  });
});
