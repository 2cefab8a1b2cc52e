import type { LogEntry } from '../../engine/message';
import type { Version } from '../../model/version';
import { EPOCH } from './messages';

/** The table of a replica: the version of every key. It holds what is flushed only, so a crash takes nothing from it. */
export class KeyVersions {
  /** LSN of each key's last write, 0 where it is absent. */
  private readonly lsns: Int32Array;

  constructor(keys: number) {
    this.lsns = new Int32Array(keys);
  }

  apply({ key, lsn }: Pick<LogEntry, 'key' | 'lsn'>): void {
    this.lsns[key] = lsn;
  }

  /** As an answer carries it: an LSN of 0 where the key is absent. */
  at(key: number): Pick<LogEntry, 'epoch' | 'lsn'> {
    return { epoch: EPOCH, lsn: this.lsns[key] };
  }

  /** As a final state holds it. */
  versionOf(key: number): Version | null {
    return this.lsns[key] === 0 ? null : this.at(key);
  }
}
