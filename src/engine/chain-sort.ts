import { Message } from './message';

/** Sorts chains of messages by merging (Knuth, volume 3, 5.2.4), in place; 2^32 of them are more than memory holds. */
export class ChainSort {
  /** Place i: a sorted run of 2^i messages, of earlier ones than those in lower places. */
  private readonly runs = new Array<Message | null>(32).fill(null);
  private readonly head = new Message();

  /** The latest first; equal times keep their order. */
  latestFirst(chain: Message | null): Message | null {
    for (let rest = chain; rest !== null;) {
      const single = rest;
      rest = rest.next;
      single.next = null;
      this.add(single);
    }
    return this.takeMerged();
  }

  private add(single: Message): void {
    let run = single;
    let place = 0;
    for (let earlier = this.runs[0]; earlier !== null; earlier = this.runs[place]) {
      run = this.merged(earlier, run);
      this.runs[place++] = null;
    }
    this.runs[place] = run;
  }

  private takeMerged(): Message | null {
    let all: Message | null = null;
    for (let place = 0; place < this.runs.length; place++) {
      const run = this.runs[place];
      this.runs[place] = null;
      if (run !== null) all = all === null ? run : this.merged(run, all);
    }
    return all;
  }

  /** Where times are equal those of the first run come first. */
  private merged(one: Message, other: Message): Message {
    let last = this.head;
    let first: Message | null = one;
    let second: Message | null = other;
    while (first !== null && second !== null) {
      if (first.time >= second.time) {
        last = last.next = first;
        first = first.next;
      } else {
        last = last.next = second;
        second = second.next;
      }
    }
    last.next = first ?? second;
    return this.head.next ?? one;
  }
}
