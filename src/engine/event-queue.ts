import { InvariantError } from '../model/invariant';
import { Message } from './message';
import { bury, poisoned } from './poison';
import { PresentBucket } from './present-bucket';
import { Wheel } from './wheel';

export interface EventQueueSettings {
  /** Where the clock begins, in simulated milliseconds. */
  readonly startMs: number;
  /** A guess of the load, from which the buckets get their first width; it is corrected as the run goes on. */
  readonly eventsPerMs?: number;
  /**
   * What becomes of a recycled message: it is used again as it is; or, to find mistakes at several times the cost, it is
   * filled with nonsense and never used again, and a blank one holds nonsense too until its fields are assigned.
   */
  readonly recycled?: 'AS_IS' | 'POISONED';
}

/** How many events share a bucket when its width is right. */
const EVENTS_PER_BUCKET = 3;
const DEFAULT_EVENTS_PER_MS = 10;
/** A review of the width after so many steps: places moved in a bucket, and empty buckets passed. */
const STEPS_PER_REVIEW = 8192;
const STEPS_PER_PENDING = 8;
/** More steps than this for an event of either kind, and the width is wrong. */
const STEPS_PER_EVENT_MAX = 4;
/** How far one review may change the width: what it saw may have been a burst. */
const RETUNING_FACTOR_MAX = 16;

/**
 * The future, earliest first; equal times leave in the order in which they came.
 *
 * A calendar queue (Brown 1988) on a hierarchical timing wheel (Varghese and Lauck 1987): constant time for an event,
 * however many are pending. It also owns the pool of messages: take a blank one, fill it in, schedule it, and recycle it
 * when nobody will look at it again. Nothing is allocated once the pool is warm.
 */
export class EventQueue {
  /**
   * The time of the event that was taken last, in simulated milliseconds. It begins as a fraction, so that V8 keeps a double
   * in the field and not a new heap number for every event.
   */
  now = 0.5;
  size = 0;
  /**
   * Events that will do nothing when their time comes, such as the time-out of an answered operation, or nothing that is worth
   * waiting for, such as the next heartbeat. Whoever counts one in takes it out again when it comes.
   */
  abandoned = 0;
  private readonly present = new PresentBucket();
  private wheel: Wheel;
  /** Events of this very moment that were scheduled at it: behind all others of the same time. */
  private firstOfMoment: Message | null = null;
  private lastOfMoment: Message | null = null;
  private idle: Message | null = null;
  private readonly isPoisoning: boolean;
  private reviewedAtMs: number;
  /** Steps until the next review. It grows with every change of mind, and with what a change would cost. */
  private patience = STEPS_PER_REVIEW;
  private turns = 1;
  private lastFactor = 1;

  constructor({ startMs, eventsPerMs = DEFAULT_EVENTS_PER_MS, recycled = 'AS_IS' }: EventQueueSettings) {
    this.now = startMs;
    this.reviewedAtMs = startMs;
    this.isPoisoning = recycled === 'POISONED';
    this.wheel = new Wheel({ originMs: startMs, bucketsPerMs: eventsPerMs / EVENTS_PER_BUCKET });
  }

  /** Nothing that is still to come will do anything. */
  get isQuiet(): boolean {
    return this.size === this.abandoned;
  }

  /** Buckets in a millisecond, as tuned to the load. */
  get bucketsPerMs(): number {
    return this.wheel.bucketsPerMs;
  }

  blank(): Message {
    const message = this.idle;
    if (message === null) return this.isPoisoning ? poisoned(new Message()) : new Message();
    this.idle = message.next;
    return message;
  }

  recycle(message: Message): void {
    if (this.isPoisoning) {
      bury(message);
      return;
    }
    message.timer = null;
    message.entries = null;
    message.cause = null;
    message.attachment = null;
    message.items = null;
    message.next = this.idle;
    this.idle = message;
  }

  /** @param timeMs not before now */
  schedule(message: Message, timeMs: number): void {
    message.time = timeMs;
    this.enter(message);
  }

  /** Schedules a message at the time that it carries, which is not before now. */
  enter(message: Message): void {
    this.size++;
    if (!(message.time > this.now)) this.joinMoment(message);
    else if (!this.wheel.file(message)) this.insert(message);
  }

  /** Removes the earliest event and moves the clock to it. The queue must not be empty. */
  next(): Message {
    this.size--;
    const message = this.firstOfMoment === null ? this.nextInTime() : this.nextOfMoment(this.firstOfMoment);
    if (message.isBackground) {
      message.isBackground = false;
      this.abandoned--;
    }
    return message;
  }

  /** Nobody waits for that message, which is in the queue: the world may come to rest before it leaves it. */
  leaveInBackground(message: Message): void {
    message.isBackground = true;
    this.abandoned++;
  }

  /** Forgets the future. */
  clear(): void {
    for (const message of this.takeAll()) this.forget(message);
    while (this.firstOfMoment !== null) this.forget(this.nextOfMoment(this.firstOfMoment));
    this.size = 0;
    this.abandoned = 0;
  }

  private forget(message: Message): void {
    if (message.timer !== null) message.timer.takes(message);
    message.isBackground = false;
    this.recycle(message);
  }

  private joinMoment(message: Message): void {
    if (message.time !== this.now) refuse(message.time, this.now);
    message.next = null;
    if (this.lastOfMoment === null) this.firstOfMoment = message;
    else this.lastOfMoment.next = message;
    this.lastOfMoment = message;
  }

  private nextInTime(): Message {
    if (this.present.count === 0) this.advance();
    this.now = this.present.nextMs;
    return this.present.take();
  }

  private nextOfMoment(first: Message): Message {
    if (this.present.count > 0 && this.present.nextMs === this.now) return this.present.take();
    this.firstOfMoment = first.next;
    if (first.next === null) this.lastOfMoment = null;
    return first;
  }

  private insert(message: Message): void {
    this.present.insert(message);
    if (this.present.moves > this.patience) this.review();
  }

  private advance(): void {
    if (this.wheel.passed + this.present.moves > this.patience) this.review();
    if (this.present.count === 0) this.wheel.left(this.present.fill(this.wheel.nextChain()));
  }

  /** Makes the buckets narrower if many share one, wider if many are empty. Both at once is a burst: no width fits it. */
  private review(): void {
    const { present, wheel } = this;
    const isCrowded = present.moves > STEPS_PER_EVENT_MAX * present.entered;
    const isEmpty = wheel.passed > STEPS_PER_EVENT_MAX * present.entered;
    const eventsPerMs = present.entered / (this.now - this.reviewedAtMs);
    const fitting = eventsPerMs / EVENTS_PER_BUCKET;
    if (isCrowded && !isEmpty) this.rebuild(Math.max(fitting, 2 * wheel.bucketsPerMs));
    else if (isEmpty && !isCrowded) this.rebuild(Math.min(fitting, wheel.bucketsPerMs / 2));
    else if (!wheel.isCountable) this.rebuild(wheel.bucketsPerMs);
    present.moves = 0;
    present.entered = 0;
    this.wheel.passed = 0;
    this.reviewedAtMs = this.now;
    this.patience = Math.max(STEPS_PER_REVIEW * this.turns, STEPS_PER_PENDING * this.size);
  }

  private rebuild(wanted: number): void {
    const { bucketsPerMs } = this.wheel;
    const factor = Math.min(Math.max(wanted / bucketsPerMs, 1 / RETUNING_FACTOR_MAX), RETUNING_FACTOR_MAX);
    if (factor > 1 !== this.lastFactor > 1) this.turns *= 2;
    this.lastFactor = factor;
    const all = this.takeAll();
    this.wheel = new Wheel({ originMs: this.now, bucketsPerMs: bucketsPerMs * factor });
    let ofPresent: Message | null = null;
    for (const message of all) {
      if (this.wheel.file(message)) continue;
      message.next = ofPresent;
      ofPresent = message;
    }
    if (ofPresent !== null) this.present.fill(ofPresent);
  }

  /** Everything pending but what joined the moment, equal times in the order in which they came. */
  private takeAll(): Message[] {
    return [...this.present.takeAll(), ...this.wheel.takeAll()];
  }
}

/** Apart from the hot path, so that its sentence is composed only when it is needed. */
function refuse(timeMs: number, nowMs: number): never {
  throw new InvariantError(`an event at ${timeMs} ms cannot be scheduled at ${nowMs} ms: it is past`);
}
