const INITIAL = 1024;

/**
 * When the OK answers of a datacenter came, by their numbers from 0: a ring that holds what an operation under way may still
 * ask for.
 */
export class AnswerTimes {
  /** Answers so far. */
  count = 0;
  private timesMs = new Float64Array(INITIAL);
  private first = 0;

  /** @param oldestNeeded the least number that an operation under way may ask for; called when the ring is full */
  constructor(private readonly oldestNeeded: () => number) {}

  add(atMs: number): void {
    if (this.count - this.first === this.timesMs.length) this.makeRoom();
    this.timesMs[this.count & (this.timesMs.length - 1)] = atMs;
    this.count += 1;
  }

  /** When the answer of that number came, Infinity if it has not yet. */
  at(number: number): number {
    return number < this.count ? this.timesMs[number & (this.timesMs.length - 1)] : Infinity;
  }

  private makeRoom(): void {
    this.first = Math.min(this.oldestNeeded(), this.count);
    const { timesMs: former, first, count } = this;
    if (2 * (count - first) <= former.length) return;
    this.timesMs = new Float64Array(2 * former.length);
    for (let number = first; number < count; number += 1)
      this.timesMs[number & (this.timesMs.length - 1)] = former[number & (former.length - 1)];
  }
}
