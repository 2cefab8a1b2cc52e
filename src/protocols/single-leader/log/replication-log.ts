import type { Cause, LogEntry } from '../../../engine/message';
import { invariant } from '../../../model/invariant';
import { isLogVersion, type LogVersion, type Version } from '../../../model/version';
import { EpochHistory, type EpochStart } from './epoch-history';
import { ForgottenEntries } from './forgotten-entries';
import { LsnColumns } from './lsn-columns';

const enum Column {
  Key,
  Operation,
  Effect,
  Operand,
}

/** The place of a write that another node, or the reader of a run, names. */
export function logVersionOf(version: Version): LogVersion {
  invariant(isLogVersion(version), 'every version here is that of a log');
  return version;
}

/** What tells a write of a log from all others. */
export type LoggedWrite = Pick<LogEntry, 'key' | 'operation' | 'epoch' | 'lsn'>;

/** An entry of a node's log, used again for every one that is asked for. */
interface CurrentEntry {
  epoch: number;
  lsn: number;
  key: number;
  operation: number;
  effect: number;
  operand: number;
  timestampMs: number;
  cause: Cause | null;
}

/** A log of writes; log sequence numbers begin at 1. */
export class ReplicationLog {
  private readonly columns = new LsnColumns(4, (cells) => new Int32Array(cells));
  private readonly timestamps = new LsnColumns(1, (cells) => new Float64Array(cells));
  /** Only where causes are tracked, by LSN. */
  private readonly causes = new Map<number, Cause>();
  private readonly history = new EpochHistory();
  private readonly forgotten = new ForgottenEntries();
  private readonly current: CurrentEntry = {
    epoch: 0,
    lsn: 0,
    key: 0,
    operation: 0,
    effect: 0,
    operand: 0,
    timestampMs: 0.5,
    cause: null,
  };

  /** The LSN of the youngest entry, 0 before the first. */
  get end(): number {
    return this.columns.last;
  }

  /** The LSN of the oldest entry that is kept; without any, of the next one. */
  get first(): number {
    return this.columns.first;
  }

  /** Entries that are kept. */
  get length(): number {
    return this.columns.last - this.columns.first + 1;
  }

  /** Where each epoch begins; good for ever. */
  get epochs(): readonly EpochStart[] {
    return this.history.all;
  }

  /** The epoch of an entry that is kept or was; 0 for an LSN of 0. */
  epochAt(lsn: number): number {
    return this.history.epochAt(lsn);
  }

  /** Whether that write is, or was before it was forgotten, an entry of this log up to an LSN. */
  includes({ epoch, lsn }: LogVersion, through: number): boolean {
    return lsn <= through && this.history.epochAt(lsn) === epoch;
  }

  /** Returns the LSN of the new entry. */
  append({ epoch, key, operation, effect, operand, timestampMs, cause }: Omit<LogEntry, 'lsn'>): number {
    const lsn = this.columns.append();
    const cells = this.columns.cellsOf(lsn);
    const row = this.columns.rowOf(lsn);
    cells[row + Column.Key] = key;
    cells[row + Column.Operation] = operation;
    cells[row + Column.Effect] = effect;
    cells[row + Column.Operand] = operand;
    this.timestamps.append();
    this.timestamps.cellsOf(lsn)[this.timestamps.rowOf(lsn)] = timestampMs;
    if (cause !== null) this.causes.set(lsn, cause);
    this.history.note(epoch, lsn);
    return lsn;
  }

  /** The entry of that LSN, which must be kept. Read it before the next one is asked for: it is the same object. */
  at(lsn: number): LogEntry {
    const { current } = this;
    const cells = this.columns.cellsOf(lsn);
    const row = this.columns.rowOf(lsn);
    current.epoch = this.history.epochAt(lsn);
    current.lsn = lsn;
    current.key = cells[row + Column.Key];
    current.operation = cells[row + Column.Operation];
    current.effect = cells[row + Column.Effect];
    current.operand = cells[row + Column.Operand];
    current.timestampMs = this.timestampAt(lsn);
    current.cause = this.causeAt(lsn);
    return current;
  }

  /** Which write that entry is, or was before it was forgotten; null if a copy brought it, and it never was an entry here. */
  writeAt(lsn: number): LoggedWrite | null {
    const write = lsn < this.first ? this.forgotten.at(lsn) : this.at(lsn);
    return write === null
      ? null
      : { key: write.key, operation: write.operation, epoch: this.epochAt(lsn), lsn };
  }

  timestampAt(lsn: number): number {
    return this.timestamps.cellsOf(lsn)[this.timestamps.rowOf(lsn)];
  }

  causeAt(lsn: number): Cause | null {
    return this.causes.size === 0 ? null : (this.causes.get(lsn) ?? null);
  }

  /** The entries after one LSN, up to and including another, oldest first; they are the caller's. */
  between(after: number, through: number): readonly LogEntry[] {
    return Array.from({ length: through - after }, (_, index) => ({ ...this.at(after + 1 + index) }));
  }

  /** The entries after that LSN are no more. */
  truncateAfter(lsn: number): void {
    for (const known of this.causes.keys()) if (known > lsn) this.causes.delete(known);
    this.columns.truncateAfter(lsn);
    this.timestamps.truncateAfter(lsn);
    this.history.truncateAfter(lsn);
  }

  /** The entries up to that LSN are needed no more. */
  forgetThrough(lsn: number): void {
    for (let place = this.first; place <= lsn; place++) this.forgotten.add(place, this.at(place));
    for (const known of this.causes.keys()) {
      if (known > lsn) break;
      this.causes.delete(known);
    }
    this.columns.discardThrough(lsn);
    this.timestamps.discardThrough(lsn);
  }

  /** It is the log of another node from now on, whose entries up to that LSN it does not have; up to `common` the two are one. */
  restartAfter(
    lsn: number,
    { common, epochs }: { readonly common: number; readonly epochs: readonly EpochStart[] },
  ): void {
    this.forgetThrough(Math.min(common, this.end));
    this.forgotten.truncateAfter(common);
    this.causes.clear();
    this.columns.restartAfter(lsn);
    this.timestamps.restartAfter(lsn);
    this.history.become(epochs);
  }
}
