import type { LogEntry } from '../../../engine/message';
import { EFFECT_CODES } from '../../../model/operation';
import type { LogVersion } from '../../../model/version';
import type { ShardHost } from '../shard-host';
import type { EpochStart } from './epoch-history';
import { ReplicationLog } from './replication-log';
import { variationOf } from './statement';
import { Table, type TableCopy } from './table';

export interface StorageSettings {
  readonly keys: number;
  readonly hasTimestamps: boolean;
  /** Of the writes, those that give another value wherever they are executed, 0 … 1. */
  readonly nonDeterministicShare: number;
}

/**
 * What a replica has on its disk: the log, as far as it is flushed, and the table, as far as the log is applied.
 *
 * written ≥ flushed ≥ applied. The disk counts what it was given, not LSNs: a log that was cut uses an LSN again, and what was
 * being flushed then says nothing about its new entry.
 */
export class Storage {
  readonly log = new ReplicationLog();
  readonly table: Table;
  /** Durable up to this LSN. */
  flushed = 0;
  /** In the table up to this LSN. */
  applied = 0;
  /** What it applied last was written then, by the clock that stamped it; −∞ if nothing was. */
  appliedTimestampMs = -Infinity;
  /** Up to this LSN it was told that this node has committed or applied the write. */
  told = 0;
  /** While the node leads, clients wait for the entries behind this LSN. */
  acknowledged = Infinity;
  /** Keys whose values are those of a tail that was cut off, until a copy mends them. */
  damaged: readonly number[] = [];
  /** The table is of several moments until the log is applied up to here (`pg_rewind`: minimum recovery point). */
  private consistentFrom = 0;
  /** The keys that are of a later moment than the rest until then. */
  private mended: readonly number[] = [];
  /** The disk's number of an entry is its LSN and this. */
  private diskOffset = 0;

  constructor(
    private readonly host: ShardHost,
    private readonly settings: StorageSettings,
  ) {
    this.table = new Table(settings.keys, settings);
  }

  /** The LSN of the last entry, flushed or not. */
  get written(): number {
    return this.log.end;
  }

  /** Epoch and LSN of the last entry that was applied. */
  get appliedVersion(): LogVersion {
    return { epoch: this.log.epochAt(this.applied), lsn: this.applied };
  }

  /** What the table holds is the state of one moment. */
  get isConsistent(): boolean {
    return this.damaged.length === 0 && this.hasReachedCopy;
  }

  /** The log that the node has from before the run: writes that nobody remembers, and that leave their keys empty. */
  preload(lsn: number, epoch: number): void {
    for (let place = 1; place <= lsn; place++) {
      const key = (place - 1) % this.settings.keys;
      const entry = { epoch, key, operation: -place, effect: EFFECT_CODES.DELETE, operand: 0, cause: null };
      this.log.append({ ...entry, timestampMs: this.host.clockMs });
    }
    this.flushed = lsn;
    this.told = lsn;
    this.diskOffset = -lsn;
    while (this.applied < lsn) this.applyNext();
  }

  /** Asks the disk for all that is written. */
  persist(): void {
    this.host.persist(this.log.end + this.diskOffset);
  }

  /** The disk has all it was given up to that number. */
  onPersisted(position: number): void {
    this.flushed = Math.max(this.flushed, Math.min(this.log.end, position - this.diskOffset));
  }

  /** The LSN up to which the log is of no more use to this node itself. */
  get done(): number {
    return Math.min(this.flushed, this.applied, this.acknowledged);
  }

  /** Applies the next entry, which is flushed, and returns it. */
  applyNext(): LogEntry {
    const entry = this.log.at(this.applied + 1);
    this.apply(entry);
    return entry;
  }

  /** The same of the next entry, which is in hand. What a copy brought already stays as it is. */
  apply(entry: LogEntry): void {
    this.applied = entry.lsn;
    this.appliedTimestampMs = entry.timestampMs;
    if (entry.lsn > this.table.lsnAt(entry.key))
      this.table.apply(entry, variationOf(entry, this.host.id, this.settings.nonDeterministicShare));
  }

  /** Cuts the log behind an LSN. What the table has of the tail is damaged until it is mended. */
  truncateAfter(lsn: number): void {
    this.damaged = union(this.damaged, this.keysAppliedAfter(lsn));
    const given = this.log.end + this.diskOffset;
    this.log.truncateAfter(lsn);
    this.flushed = Math.min(this.flushed, lsn);
    this.applied = Math.min(this.applied, lsn);
    this.told = Math.min(this.told, lsn);
    this.diskOffset = given - lsn;
    if (this.flushed === lsn) return;
    this.diskOffset++;
    this.persist();
  }

  /** What was not flushed is gone; if it was being flushed, it was in vain. */
  forgetUnflushed(): void {
    this.diskOffset += this.log.end - this.flushed;
    this.log.truncateAfter(this.flushed);
  }

  /** Another leader may never have had what was copied from the last one: what is not consistent yet is to be mended again. */
  distrustCopy(): void {
    if (this.hasReachedCopy) return;
    this.damaged = union(this.damaged, this.mended);
    this.consistentFrom = 0;
  }

  /** Takes over the damaged keys from a replica that had applied that LSN; the log stays. */
  mend(copy: TableCopy, lsn: number): void {
    this.mended = union(this.hasReachedCopy ? [] : this.mended, this.damaged);
    this.table.install(copy);
    this.damaged = [];
    this.consistentFrom = lsn;
  }

  /** Takes over the whole state of another replica, which had applied that LSN; up to `common` the logs of both are one. */
  replace(
    copy: TableCopy,
    {
      lsn,
      common,
      epochs,
    }: { readonly lsn: number; readonly common: number; readonly epochs: readonly EpochStart[] },
  ): void {
    const given = this.log.end + this.diskOffset;
    this.table.install(copy);
    this.log.restartAfter(lsn, { common, epochs });
    this.flushed = lsn;
    this.applied = lsn;
    this.told = lsn;
    this.damaged = [];
    this.consistentFrom = 0;
    this.diskOffset = given - lsn;
  }

  /** Whether that write is among those that are durable here. */
  holds(version: LogVersion): boolean {
    return this.log.includes(version, this.flushed);
  }

  private get hasReachedCopy(): boolean {
    return this.applied >= this.consistentFrom;
  }

  /** Keys of the entries behind an LSN that are in the table. */
  private keysAppliedAfter(lsn: number): readonly number[] {
    const keys: number[] = [];
    for (let place = lsn + 1; place <= this.applied; place++) keys.push(this.log.at(place).key);
    return keys;
  }
}

/** Ascending. */
function union(some: readonly number[], others: readonly number[]): readonly number[] {
  return [...new Set([...some, ...others])].sort((one, other) => one - other);
}
