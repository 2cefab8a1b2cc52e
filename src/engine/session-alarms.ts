import type { EventQueue } from './event-queue';
import { Phase } from './message';

/** No session. */
export const NOBODY = -1;

/** Whether an alarm is in the queue, or is ringing at this moment. */
const enum State {
  Silent,
  Set,
  Ringing,
}

/**
 * The time-outs of the sessions of one client group: whoever waits for an answer stands in line, the earliest deadline first,
 * and one alarm in the queue is for the first of them.
 *
 * Deadlines of one group never fall, for all have one time-out, so whoever begins to wait goes to the end of the line. An alarm is
 * not taken back when the answer comes: when it rings, it is set again for whoever is first then.
 */
export class SessionAlarms {
  private readonly deadlinesMs: Float64Array;
  /** By session, who stands behind it and before it; the last element is the door at both ends of the line. */
  private readonly following: Int32Array;
  private readonly preceding: Int32Array;
  private readonly door: number;
  private state = State.Silent;

  constructor(
    private readonly queue: EventQueue,
    private readonly endpoint: number,
    sessions: number,
  ) {
    this.door = sessions;
    this.deadlinesMs = new Float64Array(sessions);
    this.following = new Int32Array(sessions + 1);
    this.preceding = new Int32Array(sessions + 1);
    this.following[this.door] = this.door;
    this.preceding[this.door] = this.door;
  }

  /** An operation of a session that does not wait yet is sent; deadlines never fall. */
  watch(session: number, deadlineMs: number): void {
    if (this.state === State.Set && this.isEmpty) this.queue.abandoned--;
    this.deadlinesMs[session] = deadlineMs;
    this.link(this.preceding[this.door], session);
    this.link(session, this.door);
    if (this.state === State.Silent) this.set(deadlineMs);
  }

  /** Its operation was answered. */
  release(session: number): void {
    this.link(this.preceding[session], this.following[session]);
    if (this.state === State.Set && this.isEmpty) this.queue.abandoned++;
  }

  /** The alarm rings: ask who is `due` until there is nobody, then `endRing`. */
  beginRing(): void {
    if (this.isEmpty) this.queue.abandoned--;
    this.state = State.Ringing;
  }

  /** Takes a session whose deadline has come out of the line; `NOBODY` without one. */
  takeDue(): number {
    const first = this.following[this.door];
    if (first === this.door || this.deadlinesMs[first] > this.queue.now) return NOBODY;
    this.release(first);
    return first;
  }

  endRing(): void {
    this.state = State.Silent;
    if (!this.isEmpty) this.set(this.deadlinesMs[this.following[this.door]]);
  }

  private get isEmpty(): boolean {
    return this.following[this.door] === this.door;
  }

  private link(one: number, other: number): void {
    this.following[one] = other;
    this.preceding[other] = one;
  }

  private set(deadlineMs: number): void {
    this.state = State.Set;
    const alarm = this.queue.blank();
    alarm.phase = Phase.Alarm;
    alarm.to = this.endpoint;
    alarm.kind = 0;
    this.queue.schedule(alarm, deadlineMs);
  }
}
