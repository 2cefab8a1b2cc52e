/** A fixed number of times, of which the soonest is known and can be put off: a binary heap. Ties go to the lower index. */
export class Soonest {
  private readonly times: Float64Array;
  private readonly heap: Int32Array;

  /** @param times one or more, in simulated ms */
  constructor(times: readonly number[]) {
    this.times = Float64Array.from(times);
    // A sorted array is a heap.
    this.heap = Int32Array.from(times.keys()).sort((one, other) => (this.isBefore(one, other) ? -1 : 1));
  }

  /** The index of the soonest. */
  get soonest(): number {
    return this.heap[0];
  }

  get soonestMs(): number {
    return this.times[this.heap[0]];
  }

  /** The soonest comes at that later time. */
  postpone(timeMs: number): void {
    const { heap } = this;
    const postponed = heap[0];
    this.times[postponed] = timeMs;
    let place = 0;
    for (let child = 1; child < heap.length; child = 2 * place + 1) {
      if (child + 1 < heap.length && this.isBefore(heap[child + 1], heap[child])) child++;
      if (!this.isBefore(heap[child], postponed)) break;
      heap[place] = heap[child];
      place = child;
    }
    heap[place] = postponed;
  }

  private isBefore(one: number, other: number): boolean {
    return this.times[one] === this.times[other] ? one < other : this.times[one] < this.times[other];
  }
}
