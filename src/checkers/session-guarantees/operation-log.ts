import { invariant } from '../../model/invariant';
import type { Operation, OperationKind } from '../../model/operation';
import { RowTable } from '../../model/row-table';
import { copyRow, OPERATION_ROW_WIDTH, operationAt, remember, rowOwner, rowVersion } from '../operation-rows';

export interface OperationLogSettings {
  readonly kind: OperationKind;
  readonly keys: number;
  /** The newest version of that kind of a pair of session and key, as a number: who has it is wanted. */
  readonly newestVersion: (pair: number) => number;
  /** So many rows are written one behind the other; a power of two. */
  readonly rowsMax?: number;
}

/** 16 MB. */
const ROWS_MAX = 262_144;
const INITIAL_ROWS = 64;
/** Where the operation begins in a row of the table of those that are kept. */
const KEPT = 1;

/**
 * The operations that a witness may ask for: of each session and key, the one with the newest version.
 *
 * All are written down one behind the other, which costs less than finding the place of one pair among many. When the room is
 * used up, the oldest makes way for the youngest; if it is still the newest of its session and key, it is kept apart, one row
 * for each of those, even if it is overtaken later.
 */
export class OperationLog {
  private rows: Float64Array;
  private count = 0;
  /** By pair: rows that made way and were wanted then. */
  private readonly kept = new RowTable(KEPT + OPERATION_ROW_WIDTH, 'SPREAD');
  private readonly rowsMax: number;

  constructor(private readonly settings: OperationLogSettings) {
    this.rowsMax = settings.rowsMax ?? ROWS_MAX;
    this.rows = new Float64Array(OPERATION_ROW_WIDTH * Math.min(INITIAL_ROWS, this.rowsMax));
  }

  /** An operation that has a newer version than all of its pair before. */
  add(operation: Operation, pair: number): void {
    const row = OPERATION_ROW_WIDTH * (this.count & (this.rowsMax - 1));
    if (this.count >= this.rowsMax) this.makeWay(row);
    else if (row === this.rows.length) this.grow();
    remember(this.rows, row, operation, pair);
    this.count += 1;
  }

  /** The operation of that pair with the newest version, in plain data; there must be one. */
  newest(pair: number): Operation {
    const { kind, keys, newestVersion } = this.settings;
    const version = newestVersion(pair);
    const oldest = Math.max(0, this.count - this.rowsMax);
    for (let number = this.count - 1; number >= oldest; number -= 1) {
      const row = OPERATION_ROW_WIDTH * (number & (this.rowsMax - 1));
      if (rowOwner(this.rows, row) === pair && rowVersion(this.rows, row) === version)
        return operationAt(this.rows, row, { kind, keys });
    }
    const kept = this.kept.find(pair);
    invariant(kept !== -1, 'the newest operation of a session and a key is remembered');
    return operationAt(this.kept.rows, kept + KEPT, { kind, keys });
  }

  private makeWay(row: number): void {
    const pair = rowOwner(this.rows, row);
    if (this.settings.newestVersion(pair) !== rowVersion(this.rows, row)) return;
    const kept = this.kept.claim(pair);
    copyRow(this.rows, row, this.kept.rows, kept + KEPT);
  }

  private grow(): void {
    const { rows } = this;
    this.rows = new Float64Array(2 * rows.length);
    this.rows.set(rows);
  }
}
