import { invariant } from '../../model/invariant';

/** Rows of 32-bit integers, found by consecutive log sequence numbers: a ring that grows when it is full. */
export class LsnColumns {
  /** The oldest row that is kept; without any, the next one. */
  first = 1;
  /** The youngest row. */
  last = 0;
  /** Rows there is room for. */
  capacity = 256;
  private cells: Int32Array;

  constructor(private readonly width: number) {
    this.cells = new Int32Array(this.capacity * width);
  }

  /** Adds a row, to be filled in, and returns its number. */
  append(): number {
    if (this.last - this.first + 1 === this.capacity) this.grow();
    return ++this.last;
  }

  get(lsn: number, column: number): number {
    return this.cells[(lsn & (this.capacity - 1)) * this.width + column];
  }

  set(lsn: number, column: number, value: number): void {
    this.cells[(lsn & (this.capacity - 1)) * this.width + column] = value;
  }

  /** Forgets the rows after that one. */
  truncateAfter(lsn: number): void {
    invariant(lsn <= this.last && lsn >= this.first - 1, 'a log cannot be cut where it has no rows');
    this.last = lsn;
  }

  /** Forgets the rows up to and including that one. */
  discardThrough(lsn: number): void {
    invariant(lsn <= this.last, 'a log cannot forget what it has not');
    if (lsn >= this.first) this.first = lsn + 1;
  }

  /** In a ring of twice the size a row stands where it stood, or as far behind the former end: so both halves get all. */
  private grow(): void {
    const smaller = this.cells;
    this.capacity *= 2;
    this.cells = new Int32Array(this.capacity * this.width);
    this.cells.set(smaller, 0);
    this.cells.set(smaller, smaller.length);
  }
}
