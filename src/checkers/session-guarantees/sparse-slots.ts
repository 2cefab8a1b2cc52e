import { RowTable } from '../../model/row-table';

/** A row of the table: the number of a slot. */
const TABLE_ROW = 2;
const SLOT = 1;

/** Up to so many places a list of all of them may take the room: 4 MB. */
const LISTED_PLACES_MAX = 1_048_576;

/** A list takes the room once one place in eight is taken: no larger than the table then, and a line of it is shared. */
const PLACES_PER_SLOT = 8;

/**
 * Numbers places 0 … places−1 in the order in which they are first taken: 0, 1, 2 …
 *
 * Few of many places are found in a hash table, many of not too many in a plain list, where neighbours share a line of the
 * cache: the popular keys of a session are neighbours.
 */
export class SparseSlots {
  private table = new RowTable(TABLE_ROW, 'SPREAD');
  private taken = 0;
  /** Per place its slot + 1, 0 without one; empty while the table is used. */
  private list = new Int32Array(0);

  constructor(private readonly places: number) {}

  /** Whether every place has its own room in a list; once it is, it stays so. */
  get isListed(): boolean {
    return this.list.length > 0;
  }

  /** Calls for every place that has a slot. */
  forEach(visit: (place: number, slot: number) => void): void {
    if (this.isListed) this.list.forEach((next, place) => next > 0 && visit(place, next - 1));
    else this.table.forEach((offset) => visit(this.table.keyAt(offset), this.table.rows[offset + SLOT]));
  }

  /** −1 when the place has none. */
  find(place: number): number {
    if (this.list.length > 0) return this.list[place] - 1;
    const offset = this.table.find(place);
    return offset === -1 ? -1 : this.table.rows[offset + SLOT];
  }

  /** The slot of the place, the next number if it has none. */
  claim(place: number): number {
    const known = this.find(place);
    if (known !== -1) return known;
    if (this.list.length === 0 && this.deservesList()) this.changeToList();
    const slot = this.taken;
    this.taken += 1;
    if (this.list.length > 0) this.list[place] = slot + 1;
    else this.enter(place, slot);
    return slot;
  }

  private enter(place: number, slot: number): void {
    // The rows may be others after the claim.
    const offset = this.table.claim(place);
    this.table.rows[offset + SLOT] = slot;
  }

  private deservesList(): boolean {
    return this.places <= LISTED_PLACES_MAX && PLACES_PER_SLOT * this.taken >= this.places;
  }

  private changeToList(): void {
    this.list = new Int32Array(this.places);
    this.table.forEach((offset) => {
      this.list[this.table.keyAt(offset)] = this.table.rows[offset + SLOT] + 1;
    });
    this.table = new RowTable(TABLE_ROW, 'SPREAD');
  }
}
