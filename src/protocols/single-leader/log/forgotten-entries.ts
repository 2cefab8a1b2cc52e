import type { LogEntry } from '../../../engine/message';
import { LsnColumns } from './lsn-columns';

const enum Column {
  Key,
  Operation,
}

/** A tail of more entries than these and those that the log keeps is not told to its end: 2 MB a node. */
const ENTRIES_MAX = 262_144;

/** Which write of which key an entry was. */
export type ForgottenEntry = Pick<LogEntry, 'key' | 'operation'>;

/**
 * What a log has forgotten, no more than its reader must know: a log that turns out to have gone another way than its leader's
 * gives up entries that it had kept no longer, and says which writes those were.
 */
export class ForgottenEntries {
  /** Rising, with gaps: what a full copy brought was never an entry here. */
  private readonly stretches: LsnColumns<Int32Array>[] = [];

  /** An entry that follows all that were forgotten before it. */
  add(lsn: number, { key, operation }: ForgottenEntry): void {
    const stretch = this.stretchBefore(lsn);
    stretch.append();
    const cells = stretch.cellsOf(lsn);
    const row = stretch.rowOf(lsn);
    cells[row + Column.Key] = key;
    cells[row + Column.Operation] = operation;
    stretch.discardThrough(Math.max(stretch.first - 1, lsn - ENTRIES_MAX));
    while (this.stretches[0].last < lsn - ENTRIES_MAX) this.stretches.shift();
  }

  /** Null if it was never an entry of this log. */
  at(lsn: number): ForgottenEntry | null {
    const stretch = this.stretches.find(({ first, last }) => first <= lsn && lsn <= last);
    if (stretch === undefined) return null;
    const cells = stretch.cellsOf(lsn);
    const row = stretch.rowOf(lsn);
    return { key: cells[row + Column.Key], operation: cells[row + Column.Operation] };
  }

  truncateAfter(lsn: number): void {
    while ((this.stretches.at(-1)?.first ?? 0) > lsn) this.stretches.pop();
    const stretch = this.stretches.at(-1);
    if (stretch !== undefined && stretch.last > lsn) stretch.truncateAfter(lsn);
  }

  private stretchBefore(lsn: number): LsnColumns<Int32Array> {
    const last = this.stretches.at(-1);
    if (last?.last === lsn - 1) return last;
    const stretch = new LsnColumns(2, (cells) => new Int32Array(cells));
    stretch.restartAfter(lsn - 1);
    this.stretches.push(stretch);
    return stretch;
  }
}
