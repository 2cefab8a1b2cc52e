import { RowTable } from '../../model/row-table';

/** Of what kind a version of a pair is. */
export const WRITTEN = 0;
export const READ = 1;

/** What is known of a pair: the numbers of two versions (`numberOf`), 0 where none is. */
const PAIR = 2;

/** A row of the table: its own element, then the pair's. */
const TABLE_ROW = PAIR + 1;
const FIRST = 1;

/** Up to so many pairs a list of all of them may take the room: 16 MB. */
const LISTED_PAIRS_MAX = 1_048_576;
/** A list takes the room once one pair in eight is known. */
const PAIRS_PER_KNOWN = 8;

/**
 * Of each pair of a session and a key, 0 … pairs − 1, the newest version that the session wrote, and the newest that it read.
 *
 * Few of many pairs are found in a hash table. Many of not too many lie in a plain list: pairs are many, so whatever is
 * looked up is likely to be far away, and there it is one look.
 */
export class PairVersions {
  /** Where the pairs are; a place in it is good until the next `claim`. */
  cells: Float64Array;
  private readonly table = new RowTable(TABLE_ROW, 'SPREAD');
  private isListed = false;
  /** What was fetched, so that it is not fetched for nothing. */
  protected touched = 0;

  constructor(private readonly pairs: number) {
    this.cells = this.table.rows;
  }

  /** The place of a pair in `cells`, which is made if there is none. */
  claim(pair: number): number {
    if (this.isListed) return PAIR * pair;
    if (this.pairs <= LISTED_PAIRS_MAX && PAIRS_PER_KNOWN * this.table.size >= this.pairs) {
      this.spread();
      return PAIR * pair;
    }
    const offset = this.table.claim(pair);
    this.cells = this.table.rows;
    return offset + FIRST;
  }

  /**
   * The pairs in every so-manieth element of the list will be claimed soon. Nothing depends on what is read here, so that the
   * processor fetches many at a time; where they are claimed it would wait for each.
   */
  fetch(list: Float64Array, { first, step, end }: { first: number; step: number; end: number }): void {
    if (!this.isListed) return;
    const { cells } = this;
    let sum = 0;
    for (let index = first; index < end; index += step) sum += cells[PAIR * list[index]];
    this.touched = sum;
  }

  private spread(): void {
    const { table } = this;
    this.cells = new Float64Array(PAIR * this.pairs);
    table.forEach((offset) => {
      const place = PAIR * table.keyAt(offset);
      for (let element = 0; element < PAIR; element += 1)
        this.cells[place + element] = table.rows[offset + FIRST + element];
    });
    this.isListed = true;
  }
}

/** Takes note of a version at the place of a pair, if it is newer than the newest of its kind. */
export function raise(cells: Float64Array, place: number, version: number): void {
  if (cells[place] < version) cells[place] = version;
}
