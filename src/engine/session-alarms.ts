import type { EventQueue } from './event-queue';
import { Phase } from './message';

/**
 * The time-outs of sessions, at most one alarm a session in the queue.
 *
 * An alarm is not taken back when the answer comes: it stays, and the session's next operation moves it on when it rings.
 * So the queue holds as many alarms as there are sessions, not one for every operation of the last time-out.
 */
export class SessionAlarms {
  private readonly isSet: Uint8Array;

  constructor(
    private readonly queue: EventQueue,
    private readonly endpoint: number,
    sessions: number,
  ) {
    this.isSet = new Uint8Array(sessions);
  }

  /** An operation is sent; deadlines of one session never fall. */
  watch(session: number, deadlineMs: number): void {
    if (this.isSet[session] === 1) this.queue.abandoned--;
    else this.set(session, deadlineMs);
  }

  /** The operation was answered: its alarm has nothing to say any more. */
  release(session: number): void {
    if (this.isSet[session] === 1) this.queue.abandoned++;
  }

  /** The alarm rings; true if the deadline of the operation under way (Infinity without one) has come. */
  ring(session: number, deadlineMs: number): boolean {
    this.isSet[session] = 0;
    if (this.queue.now >= deadlineMs) return true;
    if (deadlineMs < Infinity) this.set(session, deadlineMs);
    else this.queue.abandoned--;
    return false;
  }

  private set(session: number, deadlineMs: number): void {
    this.isSet[session] = 1;
    const alarm = this.queue.blank();
    alarm.phase = Phase.Alarm;
    alarm.to = this.endpoint;
    alarm.kind = 0;
    alarm.session = session;
    this.queue.schedule(alarm, deadlineMs);
  }
}
