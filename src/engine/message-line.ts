import type { Message } from './message';

/** Messages outside the event queue that wait in the order in which they came, linked through `next`. */
export class MessageLine {
  private first: Message | null = null;
  private last: Message | null = null;

  add(message: Message): void {
    message.next = null;
    if (this.last === null) this.first = message;
    else this.last.next = message;
    this.last = message;
  }

  /** The one that has waited longest; null if none does. */
  take(): Message | null {
    const { first } = this;
    if (first === null) return null;
    this.first = first.next;
    if (first.next === null) this.last = null;
    return first;
  }
}
