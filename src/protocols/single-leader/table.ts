import type { Found } from '../../engine/host';
import type { LogEntry } from '../../engine/message';
import type { Value } from '../../model/value';
import type { Version } from '../../model/version';
import { KeyValues } from '../shared/key-values';
import { EPOCH } from './messages';

/** The table of a replica: version and value of every key. It holds what is flushed only, so a crash takes nothing from it. */
export class Table {
  /** LSN of each key's last write, 0 where it was never written. */
  private readonly lsns: Int32Array;
  /** Whose writes they are. */
  private readonly operations: Int32Array;
  private readonly values: KeyValues;
  private readonly current = { epoch: EPOCH, lsn: 0, operation: 0 };

  constructor(keys: number) {
    this.lsns = new Int32Array(keys);
    this.operations = new Int32Array(keys);
    this.values = new KeyValues(keys);
  }

  apply(entry: LogEntry): void {
    this.lsns[entry.key] = entry.lsn;
    this.operations[entry.key] = entry.operation;
    this.values.apply(entry);
  }

  /** As an answer carries it, an LSN of 0 where the key is absent. Read it before the next one is asked for. */
  at(key: number): Found {
    this.current.lsn = this.lsns[key];
    this.current.operation = this.operations[key];
    return this.current;
  }

  /** As a final state holds it. */
  versionOf(key: number): Version | null {
    return this.lsns[key] === 0 ? null : { epoch: EPOCH, lsn: this.lsns[key] };
  }

  valueFor(key: number): Value {
    return this.values.valueFor(key);
  }
}
