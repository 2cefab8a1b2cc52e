import { RowTable } from '../../model/row-table';

/** What is known of a pair: numbers of versions (`numberOf`), 0 where none is. */
export const WRITTEN = 0;
export const READ = 1;
const PAIR = 2;

/** A row of the table: its own element, then the pair's two. */
const TABLE_ROW = 3;
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
  private table = new RowTable(TABLE_ROW, 'SPREAD');
  private list = new Float64Array(0);

  constructor(private readonly pairs: number) {}

  /** @param kind `WRITTEN` or `READ` */
  newest(pair: number, kind: number): number {
    if (this.list.length > 0) return this.list[PAIR * pair + kind];
    const offset = this.table.find(pair);
    return offset === -1 ? 0 : this.table.rows[offset + FIRST + kind];
  }

  /** Takes note of a version; false if it is not newer than the newest. */
  raise(pair: number, kind: number, version: number): boolean {
    if (this.list.length > 0) return raiseAt(this.list, PAIR * pair + kind, version);
    const offset = this.table.claim(pair);
    const isNewer = raiseAt(this.table.rows, offset + FIRST + kind, version);
    if (this.pairs <= LISTED_PAIRS_MAX && PAIRS_PER_KNOWN * this.table.size >= this.pairs) this.spread();
    return isNewer;
  }

  private spread(): void {
    const { table } = this;
    this.list = new Float64Array(PAIR * this.pairs);
    table.forEach((offset) => {
      const place = PAIR * table.keyAt(offset);
      this.list[place + WRITTEN] = table.rows[offset + FIRST + WRITTEN];
      this.list[place + READ] = table.rows[offset + FIRST + READ];
    });
    this.table = new RowTable(TABLE_ROW, 'SPREAD');
  }
}

function raiseAt(cells: Float64Array, place: number, version: number): boolean {
  if (cells[place] >= version) return false;
  cells[place] = version;
  return true;
}
