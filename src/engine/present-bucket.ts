import { ChainSort } from './chain-sort';
import type { Message } from './message';

/** A longer chain is merged rather than inserted one by one. */
const INSERTED_MAX = 24;

/**
 * The bucket of the present: the only one in order, latest first, so that the next event is at its end.
 *
 * Among equal times whoever came later stands nearer to the front.
 */
export class PresentBucket {
  count = 0;
  /** Events that came in, and places that others had to move for them, since the last review. */
  entered = 0;
  moves = 0;
  private times = new Float64Array(256);
  private messages: Message[] = [];
  private readonly chainSort = new ChainSort();

  /** When its next event is due; it must not be empty. */
  get nextMs(): number {
    return this.times[this.count - 1];
  }

  take(): Message {
    return this.messages[--this.count];
  }

  /** An event that came after all that have its time. */
  insert(message: Message): void {
    if (this.count === this.times.length) this.grow();
    const { times, messages } = this;
    const timeMs = message.time;
    let place = this.count++;
    for (; place > 0 && times[place - 1] <= timeMs; place--) {
      times[place] = times[place - 1];
      messages[place] = messages[place - 1];
    }
    times[place] = timeMs;
    messages[place] = message;
    this.entered++;
    this.moves += this.count - 1 - place;
  }

  /**
   * Takes over a chain, youngest first: each goes in front of its equals, which came later. The bucket must be empty. Returns
   * their number.
   */
  fill(chain: Message): number {
    const { times, messages } = this;
    let count = 0;
    for (let message: Message | null = chain; message !== null; message = message.next) {
      if (count === INSERTED_MAX) return this.fillSorted(chain);
      const timeMs = message.time;
      let place = count++;
      for (; place > 0 && times[place - 1] < timeMs; place--) {
        times[place] = times[place - 1];
        messages[place] = messages[place - 1];
      }
      times[place] = timeMs;
      messages[place] = message;
    }
    this.count = count;
    this.entered += count;
    return count;
  }

  /** Empties it: the earliest first, equals in the order in which they came. */
  takeAll(): Message[] {
    const all = this.messages.slice(0, this.count).reverse();
    this.count = 0;
    return all;
  }

  /** Equal times need no place moved for them, whatever the width of the bucket: only different ones count. */
  private fillSorted(chain: Message): number {
    let count = 0;
    let different = 0;
    let previousMs = Infinity;
    for (let message = this.chainSort.latestFirst(chain); message !== null; message = message.next) {
      if (count === this.times.length) this.grow();
      if (message.time !== previousMs) different++;
      previousMs = message.time;
      this.times[count] = message.time;
      this.messages[count++] = message;
    }
    this.count = count;
    this.entered += count;
    this.moves += different * (32 - Math.clz32(different));
    return count;
  }

  private grow(): void {
    const larger = new Float64Array(this.times.length * 2);
    larger.set(this.times);
    this.times = larger;
  }
}
