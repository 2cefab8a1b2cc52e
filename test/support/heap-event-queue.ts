import { Message } from '../../src/engine/message';

/**
 * The future, earliest first; equal times leave in the order in which they came.
 *
 * A binary heap by (time, sequence). It also owns the pool of messages: take a blank one, fill it in, schedule it, and
 * recycle it when nobody will look at it again.
 */
export class HeapEventQueue {
  /** The time of the event that was taken last, in simulated milliseconds. */
  now: number;
  size = 0;
  /** Events that will do nothing when their time comes, such as the time-out of an answered operation. */
  abandoned = 0;
  private sequence = 0;
  private times = new Float64Array(1024);
  private sequences = new Float64Array(1024);
  private readonly messages: Message[] = [];
  private idle: Message | null = null;

  constructor(startMs: number) {
    this.now = startMs;
  }

  /** Nothing that is still to come will do anything. */
  get isQuiet(): boolean {
    return this.size === this.abandoned;
  }

  blank(): Message {
    const message = this.idle;
    if (message === null) return new Message();
    this.idle = message.next;
    return message;
  }

  recycle(message: Message): void {
    message.timer = null;
    message.entries = null;
    message.next = this.idle;
    this.idle = message;
  }

  /** @param timeMs not before now */
  schedule(message: Message, timeMs: number): void {
    if (this.size === this.times.length) this.grow();
    this.rise(message, { timeMs, sequence: this.sequence++ });
  }

  /** Removes the earliest event and moves the clock to it. The queue must not be empty. */
  next(): Message {
    const { times, sequences, messages } = this;
    const earliest = messages[0];
    this.now = times[0];
    const last = --this.size;
    if (last > 0) this.sink(messages[last], { timeMs: times[last], sequence: sequences[last] });
    return earliest;
  }

  /** Forgets the future. */
  clear(): void {
    this.size = 0;
    this.abandoned = 0;
  }

  /** Places an event at the end and moves it towards the front while it is earlier than its parent. */
  private rise(message: Message, { timeMs, sequence }: Rank): void {
    const { times, sequences, messages } = this;
    let place = this.size++;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (times[parent] <= timeMs) break;
      times[place] = times[parent];
      sequences[place] = sequences[parent];
      messages[place] = messages[parent];
      place = parent;
    }
    times[place] = timeMs;
    sequences[place] = sequence;
    messages[place] = message;
  }

  /** Places an event at the front and moves it back while a child is earlier. */
  private sink(message: Message, { timeMs, sequence }: Rank): void {
    const { times, sequences, messages, size } = this;
    let place = 0;
    for (let child = 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size && this.isEarlier(child + 1, child)) child++;
      if (timeMs < times[child] || (timeMs === times[child] && sequence < sequences[child])) break;
      times[place] = times[child];
      sequences[place] = sequences[child];
      messages[place] = messages[child];
      place = child;
    }
    times[place] = timeMs;
    sequences[place] = sequence;
    messages[place] = message;
  }

  private isEarlier(one: number, other: number): boolean {
    const { times, sequences } = this;
    if (times[one] !== times[other]) return times[one] < times[other];
    return sequences[one] < sequences[other];
  }

  private grow(): void {
    this.times = doubled(this.times);
    this.sequences = doubled(this.sequences);
  }
}

interface Rank {
  readonly timeMs: number;
  readonly sequence: number;
}

function doubled(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(column.length * 2);
  larger.set(column);
  return larger;
}
