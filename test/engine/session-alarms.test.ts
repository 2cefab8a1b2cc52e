import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventQueue } from '../../src/engine/event-queue';
import { SessionAlarms } from '../../src/engine/session-alarms';

describe('SessionAlarms', () => {
  let queue: EventQueue;
  let alarms: SessionAlarms;

  beforeEach(() => {
    queue = new EventQueue({ startMs: 0 });
    alarms = new SessionAlarms(queue, 0, 2);
  });

  it('holds one alarm a session however many operations it watches', () => {
    for (let operation = 0; operation < 1000; operation++)
      for (const session of [0, 1]) {
        alarms.watch(session, 10 + operation);
        alarms.release(session);
      }
    expect(queue.size).toBe(2);
  });

  it('rings at the deadline of the operation that is not answered', () => {
    alarms.watch(0, 10);
    alarms.release(0);
    alarms.watch(0, 15);
    queue.next();
    expect(alarms.ring(0, 15)).toBe(false);
    queue.next();
    expect(queue.now).toBe(15);
    expect(alarms.ring(0, 15)).toBe(true);
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
    queue.next();
    expect(alarms.ring(0, Infinity)).toBe(false);
    expect([queue.size, queue.abandoned]).toEqual([0, 0]);
  });
});
