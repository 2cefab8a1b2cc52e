import type { LogEntry } from '../../engine/message';
import { LsnColumns } from './lsn-columns';
import { EPOCH } from './messages';

const enum Column {
  Key,
  Operation,
}

/** A log of writes; log sequence numbers begin at 1. The leader keeps all of it, a follower what it has not yet applied. */
export class ReplicationLog {
  private readonly columns = new LsnColumns(2);

  /** The LSN of the youngest entry, 0 before the first. */
  get end(): number {
    return this.columns.last;
  }

  /** Returns the LSN of the new entry. */
  append({ key, operation }: Pick<LogEntry, 'key' | 'operation'>): number {
    const lsn = this.columns.append();
    this.columns.set(lsn, Column.Key, key);
    this.columns.set(lsn, Column.Operation, operation);
    return lsn;
  }

  /** The entry of that LSN, which must be kept. */
  at(lsn: number): LogEntry {
    const key = this.columns.get(lsn, Column.Key);
    return { epoch: EPOCH, lsn, key, operation: this.columns.get(lsn, Column.Operation) };
  }

  /** The entries after one LSN, up to and including another, oldest first. */
  between(after: number, through: number): readonly LogEntry[] {
    return Array.from({ length: through - after }, (_, index) => this.at(after + 1 + index));
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
