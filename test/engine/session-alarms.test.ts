import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventQueue } from '../../src/engine/event-queue';
import { NOBODY, SessionAlarms } from '../../src/engine/session-alarms';

const SESSIONS = 5;
const TIMEOUT_MS = 10;

describe('SessionAlarms', () => {
  let queue: EventQueue;
  let alarms: SessionAlarms;

  beforeEach(() => {
    queue = new EventQueue({ startMs: 0 });
    alarms = new SessionAlarms(queue, 0, SESSIONS);
  });

  /** Takes the next alarm out of the queue and tells whom it was for. */
  function ring(): number[] {
    queue.recycle(queue.next());
    alarms.beginRing();
    const due: number[] = [];
    for (let session = alarms.takeDue(); session !== NOBODY; session = alarms.takeDue()) due.push(session);
    alarms.endRing();
    return due;
  }

  it('holds one alarm however many sessions it watches', () => {
    for (let operation = 0; operation < 1000; operation++)
      for (let session = 0; session < SESSIONS; session++) {
        alarms.watch(session, 10 + operation);
        alarms.release(session);
      }
    expect(queue.size).toBe(1);
  });

  it('rings at the deadline of the operation that is not answered', () => {
    alarms.watch(0, 10);
    alarms.watch(1, 12);
    alarms.release(0);
    alarms.watch(0, 15);
    expect([ring(), queue.now]).toEqual([[], 10]);
    expect([ring(), queue.now]).toEqual([[1], 12]);
    expect([ring(), queue.now]).toEqual([[0], 15]);
    expect(queue.size).toBe(0);
  });

  it('rings once for all who have the same deadline, in the order in which they were sent', () => {
    for (const session of [3, 0, 4]) alarms.watch(session, 10);
    expect(ring()).toEqual([3, 0, 4]);
    expect(queue.size).toBe(0);
  });

  it('watches who is sent again while it rings', () => {
    alarms.watch(2, 10);
    queue.recycle(queue.next());
    alarms.beginRing();
    expect(alarms.takeDue()).toBe(2);
    alarms.watch(2, 20);
    expect(alarms.takeDue()).toBe(NOBODY);
    alarms.endRing();
    expect([ring(), queue.now]).toEqual([[2], 20]);
  });

  it('is nothing to wait for once its operation is answered', () => {
    alarms.watch(0, 10);
    expect(queue.isQuiet).toBe(false);
    alarms.release(0);
    expect(queue.isQuiet).toBe(true);
    alarms.watch(0, 15);
    expect(queue.isQuiet).toBe(false);
  });

  it('leaves nothing behind when it rings for nobody', () => {
    alarms.watch(0, 10);
    alarms.release(0);
    expect(ring()).toEqual([]);
    expect([queue.size, queue.abandoned]).toEqual([0, 0]);
  });

  it('rings for exactly those whose answers do not come in time, when their time is over', () => {
    const steps = fc.array(
      fc.record({ session: fc.nat({ max: SESSIONS - 1 }), passedMs: fc.integer({ min: 0, max: 6 }) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (chosen) => {
        queue = new EventQueue({ startMs: 0 });
        alarms = new SessionAlarms(queue, 0, SESSIONS);
        const deadlines = new Map<number, number>();
        const letRing = (untilMs: number): void => {
          while (queue.size > 0 && earliestOf(deadlines) <= untilMs) {
            const due = ring();
            const expected = [...deadlines].filter(([, deadlineMs]) => deadlineMs <= queue.now);
            expect(due).toEqual(expected.map(([session]) => session));
            for (const session of due) deadlines.delete(session);
          }
        };
        let nowMs = 0;
        for (const { session, passedMs } of chosen) {
          letRing((nowMs += passedMs));
          if (deadlines.delete(session)) alarms.release(session);
          else {
            deadlines.set(session, nowMs + TIMEOUT_MS);
            alarms.watch(session, nowMs + TIMEOUT_MS);
          }
          expect(queue.size).toBeLessThanOrEqual(1);
          expect(queue.isQuiet).toBe(deadlines.size === 0);
        }
        letRing(Infinity);
        expect(deadlines.size).toBe(0);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

function earliestOf(deadlines: ReadonlyMap<number, number>): number {
  return Math.min(Infinity, ...deadlines.values());
}
