import type { Cause, LogEntry } from '../../../engine/message';
import type { Value } from '../../../model/value';
import { KeyValues, type KeyValuesCopy } from '../../shared/key-values';

type Write = Pick<LogEntry, 'lsn' | 'key' | 'operation' | 'effect' | 'operand' | 'timestampMs' | 'cause'>;

/** A copy of some keys, or of all: what `pg_rewind` or `pg_basebackup` carries over. */
export interface TableCopy {
  /** Null: all of them, in their order. */
  readonly keys: readonly number[] | null;
  readonly lsns: Int32Array;
  readonly operations: Int32Array;
  readonly timestamps: Float64Array;
  readonly causes: ReadonlyMap<number, Cause>;
  readonly values: KeyValuesCopy;
}

/** The table of a replica: for every key its last write, and its value. Its pages are on disk: a crash takes nothing from it. */
export class Table {
  /** LSN of each key's last write, 0 where it was never written. */
  private readonly lsns: Int32Array;
  /** Whose writes they are. */
  private readonly operations: Int32Array;
  /** When they were written; empty where nobody asks for it. */
  private readonly timestamps: Float64Array;
  /** What they answer, where that is tracked. */
  private readonly causes = new Map<number, Cause>();
  private readonly values: KeyValues;

  constructor(keys: number, { hasTimestamps }: { readonly hasTimestamps: boolean }) {
    this.lsns = new Int32Array(keys);
    this.operations = new Int32Array(keys);
    this.timestamps = new Float64Array(hasTimestamps ? keys : 0);
    this.values = new KeyValues(keys);
  }

  /** @param variation what the value differs by from that of the write: a statement that gives another value everywhere */
  apply(write: Write, variation: number): void {
    const { key } = write;
    this.lsns[key] = write.lsn;
    this.operations[key] = write.operation;
    if (this.timestamps.length > 0) this.timestamps[key] = write.timestampMs;
    if (write.cause !== null) this.causes.set(key, write.cause);
    else if (this.causes.size > 0) this.causes.delete(key);
    this.values.apply(write, variation);
  }

  /** The LSN of the key's last write, 0 where it is absent. */
  lsnAt(key: number): number {
    return this.lsns[key];
  }

  operationAt(key: number): number {
    return this.operations[key];
  }

  /** When the key's last write was written; 0 in a table without times, or where the key is absent. */
  timestampAt(key: number): number {
    return this.timestamps.length === 0 ? 0 : this.timestamps[key];
  }

  causeAt(key: number): Cause | null {
    return this.causes.size === 0 ? null : (this.causes.get(key) ?? null);
  }

  valueFor(key: number): Value {
    return this.values.valueFor(key);
  }

  /** How many of those keys, or of all, were ever written. */
  written(keys: readonly number[] | null): number {
    if (keys !== null) return keys.filter((key) => this.lsns[key] > 0).length;
    return this.lsns.reduce((count, lsn) => count + (lsn > 0 ? 1 : 0), 0);
  }

  /** @param keys null: all */
  copyOf(keys: readonly number[] | null): TableCopy {
    return {
      keys,
      lsns: keys === null ? this.lsns.slice() : Int32Array.from(keys, (key) => this.lsns[key]),
      operations:
        keys === null ? this.operations.slice() : Int32Array.from(keys, (key) => this.operations[key]),
      timestamps:
        keys === null ? this.timestamps.slice() : Float64Array.from(keys, (key) => this.timestamps[key] ?? 0),
      causes: new Map(this.causes),
      values: this.values.copyOf(keys),
    };
  }

  install(copy: TableCopy): void {
    this.values.install(copy.values);
    for (let index = 0; index < copy.lsns.length; index++) {
      const key = copy.keys === null ? index : copy.keys[index];
      this.lsns[key] = copy.lsns[index];
      this.operations[key] = copy.operations[index];
      if (this.timestamps.length > 0) this.timestamps[key] = copy.timestamps[index];
      const cause = copy.causes.get(key);
      if (cause === undefined) this.causes.delete(key);
      else this.causes.set(key, cause);
    }
  }
}
