const ROOM = 1024;

/** When the last OK answers of a datacenter came, by their numbers from 0: a ring of a fixed size. */
export class AnswerTimes {
  /** Answers so far. */
  count = 0;
  private readonly timesMs = new Float64Array(ROOM);
  private first = 0;

  /** @param onFull called before the ring forgets all that it holds: whoever wants an answer's time asks for it then */
  constructor(private readonly onFull: () => void) {}

  add(atMs: number): void {
    if (this.count - this.first === ROOM) this.forget();
    this.timesMs[this.count & (ROOM - 1)] = atMs;
    this.count += 1;
  }

  /** When the answer of that number, which was not forgotten, came; Infinity if it has not yet. */
  at(number: number): number {
    return number < this.count ? this.timesMs[number & (ROOM - 1)] : Infinity;
  }

  private forget(): void {
    this.onFull();
    this.first = this.count;
  }
}
