const FIRST_CAPACITY = 256;

/** The last numbers of a sequence, at most so many: it grows by doubling up to that, and then goes round. */
export class NumberRing {
  /** How many there ever were. */
  end = 0;
  private numbers = new Float64Array(FIRST_CAPACITY);

  constructor(private readonly capacityMax: number) {}

  add(number: number): void {
    if (this.end === this.numbers.length && this.end < this.capacityMax) this.grow();
    this.numbers[this.end % this.numbers.length] = number;
    this.end++;
  }

  /** @param index from 0, of the first there ever was; one of the last `capacityMax` */
  at(index: number): number {
    return this.numbers[index % this.numbers.length];
  }

  private grow(): void {
    const { numbers } = this;
    this.numbers = new Float64Array(Math.min(2 * numbers.length, this.capacityMax));
    this.numbers.set(numbers);
  }
}
