import type { LogEntry } from '../../engine/message';
import { invariant } from '../../model/invariant';
import { isLogVersion, type Version } from '../../model/version';
import { LsnColumns } from './lsn-columns';
import { EPOCH } from './messages';

const enum Column {
  Key,
  Operation,
  Effect,
  Operand,
}

/** The place of a write that another node, or the reader of a run, names. */
export function lsnOf(version: Version): number {
  invariant(isLogVersion(version), 'every version here is that of a log');
  return version.lsn;
}

/** A log of writes; log sequence numbers begin at 1. The leader keeps all of it, a follower what it has not yet applied. */
export class ReplicationLog {
  private readonly columns = new LsnColumns(4);
  /** Used again for every entry that is asked for: nothing is allocated for a write. */
  private readonly current = { epoch: EPOCH, lsn: 0, key: 0, operation: 0, effect: 0, operand: 0 };

  /** The LSN of the youngest entry, 0 before the first. */
  get end(): number {
    return this.columns.last;
  }

  /** Entries that are kept. */
  get length(): number {
    return this.columns.last - this.columns.first + 1;
  }

  /** Returns the LSN of the new entry. */
  append({ key, operation, effect, operand }: Omit<LogEntry, 'epoch' | 'lsn'>): number {
    const lsn = this.columns.append();
    const cells = this.columns.cellsOf(lsn);
    const row = this.columns.rowOf(lsn);
    cells[row + Column.Key] = key;
    cells[row + Column.Operation] = operation;
    cells[row + Column.Effect] = effect;
    cells[row + Column.Operand] = operand;
    return lsn;
  }

  /** The entry of that LSN, which must be kept. Read it before the next one is asked for: it is the same object. */
  at(lsn: number): LogEntry {
    const { current } = this;
    const cells = this.columns.cellsOf(lsn);
    const row = this.columns.rowOf(lsn);
    current.lsn = lsn;
    current.key = cells[row + Column.Key];
    current.operation = cells[row + Column.Operation];
    current.effect = cells[row + Column.Effect];
    current.operand = cells[row + Column.Operand];
    return current;
  }

  /** The entries after one LSN, up to and including another, oldest first; they are the caller's. */
  between(after: number, through: number): readonly LogEntry[] {
    return Array.from({ length: through - after }, (_, index) => ({ ...this.at(after + 1 + index) }));
  }

  /** The entries after that LSN were not durable. */
  truncateAfter(lsn: number): void {
    this.columns.truncateAfter(lsn);
  }

  /** The entries up to that LSN are needed no more. */
  discardThrough(lsn: number): void {
    this.columns.discardThrough(lsn);
  }
}
