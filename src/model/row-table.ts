import { invariant } from './invariant';

/**
 * Rows of numbers, each found by a whole number 0 … 2^53−2: a hash table with open addressing in one typed array, which
 * grows with the rows it holds and allocates nothing else.
 *
 * A row is `width` neighbouring elements of `rows`, named by the offset of the first. That one is the table's own; the
 * others are the user's, 0 in a new row. An offset is good until the next `claim` or `remove`.
 */
export class RowTable {
  rows: Float64Array;
  private taken = 0;
  private capacity = INITIAL_ROWS;
  /** What is left of 32 bits when the number of a row is taken from the top. */
  private shift = 32 - INITIAL_ROWS_LOG2;

  /** @param width at least 1, the table's own element included */
  constructor(readonly width: number) {
    this.rows = new Float64Array(width * INITIAL_ROWS);
  }

  get size(): number {
    return this.taken;
  }

  /** The offset of the row, −1 when there is none. */
  find(key: number): number {
    const { rows } = this;
    const mark = key + 1;
    let offset = this.homeOf(key);
    while (rows[offset] !== 0) {
      if (rows[offset] === mark) return offset;
      offset = this.after(offset);
    }
    return -1;
  }

  /** The offset of the row, which is made if there is none. */
  claim(key: number): number {
    const mark = key + 1;
    let offset = this.homeOf(key);
    while (this.rows[offset] !== 0) {
      if (this.rows[offset] === mark) return offset;
      offset = this.after(offset);
    }
    if (8 * this.taken >= 5 * this.capacity) {
      this.grow();
      offset = this.freeFor(key);
    }
    this.taken += 1;
    this.rows[offset] = mark;
    return offset;
  }

  /** Rows behind the removed one move up, so that no search ends at the hole before it found them. */
  remove(offset: number): void {
    invariant(this.rows[offset] !== 0, 'there is no row to remove');
    this.taken -= 1;
    let hole = offset;
    for (let next = this.after(hole); this.rows[next] !== 0; next = this.after(next)) {
      const home = this.homeOf(this.rows[next] - 1);
      if (this.distance(home, next) < this.distance(hole, next)) continue;
      this.copy(next, hole);
      hole = next;
    }
    for (let element = 0; element < this.width; element += 1) this.rows[hole + element] = 0;
  }

  /** The key of a row. */
  keyAt(offset: number): number {
    return this.rows[offset] - 1;
  }

  /** Calls for every row, in no order that means anything; the table must not change meanwhile. */
  forEach(visit: (offset: number) => void): void {
    for (let offset = 0; offset < this.rows.length; offset += this.width)
      if (this.rows[offset] !== 0) visit(offset);
  }

  private homeOf(key: number): number {
    const high = key < TWO_TO_31 ? 0 : Math.floor(key / TWO_TO_32);
    const mixed = Math.imul(key ^ Math.imul(high, HIGH_MULTIPLIER), LOW_MULTIPLIER);
    return (mixed >>> this.shift) * this.width;
  }

  private after(offset: number): number {
    const next = offset + this.width;
    return next === this.rows.length ? 0 : next;
  }

  /** How far a search goes from one row to another, around the end. */
  private distance(from: number, to: number): number {
    return to >= from ? to - from : to - from + this.rows.length;
  }

  private freeFor(key: number): number {
    let offset = this.homeOf(key);
    while (this.rows[offset] !== 0) offset = this.after(offset);
    return offset;
  }

  private copy(from: number, to: number): void {
    for (let element = 0; element < this.width; element += 1)
      this.rows[to + element] = this.rows[from + element];
  }

  private grow(): void {
    const { rows: former, width } = this;
    this.capacity *= 2;
    this.shift -= 1;
    this.rows = new Float64Array(width * this.capacity);
    for (let offset = 0; offset < former.length; offset += width) {
      if (former[offset] === 0) continue;
      const place = this.freeFor(former[offset] - 1);
      for (let element = 0; element < width; element += 1)
        this.rows[place + element] = former[offset + element];
    }
  }
}

const INITIAL_ROWS_LOG2 = 6;
const INITIAL_ROWS = 64;
const TWO_TO_31 = 2_147_483_648;
const TWO_TO_32 = 4_294_967_296;

/** Odd, from the golden ratio (Knuth, The Art of Computer Programming 3, 6.4): neighbouring keys are spread evenly. */
const LOW_MULTIPLIER = 0x9e3779b1;
const HIGH_MULTIPLIER = 0x85ebca77;
