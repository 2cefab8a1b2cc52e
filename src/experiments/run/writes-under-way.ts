import { RowTable } from '../../model/row-table';

const COMMITTED_AT_MS = 1;
const ACKNOWLEDGED_AT_MS = 2;
const LAST_APPLIED_AT_MS = 3;
const IS_CLOSED = 4;
const HOLDERS = 5;
const FIRST_BITS = 6;
const BITS = 32;

/** Later than anything: what has not happened. */
const NOT_YET = Infinity;

/**
 * Writes from their send until every replica has them and their client knows, by the operation's id: rows of numbers,
 * since there is one for each write of a run.
 *
 * A write is named by the offset of its row, which is good until another is begun or forgotten.
 */
export class WritesUnderWay {
  private readonly table: RowTable;

  constructor(private readonly replicas: number) {
    this.table = new RowTable(FIRST_BITS + Math.ceil(replicas / BITS));
  }

  /** −1 when it is not under way. */
  find(operation: number): number {
    return this.table.find(operation);
  }

  /** A write of which nothing is known but that it was sent. */
  begin(operation: number): number {
    const write = this.table.claim(operation);
    const { rows } = this.table;
    rows[write + COMMITTED_AT_MS] = NOT_YET;
    rows[write + ACKNOWLEDGED_AT_MS] = NOT_YET;
    return write;
  }

  forget(write: number): void {
    this.table.remove(write);
  }

  /** Its client will hear no more of it. */
  close(write: number): void {
    this.table.rows[write + IS_CLOSED] = 1;
  }

  acknowledge(write: number, atMs: number): void {
    this.table.rows[write + ACKNOWLEDGED_AT_MS] = atMs;
  }

  commit(write: number, atMs: number): void {
    this.table.rows[write + COMMITTED_AT_MS] = atMs;
  }

  isCommitted(write: number): boolean {
    return this.table.rows[write + COMMITTED_AT_MS] !== NOT_YET;
  }

  isAcknowledged(write: number): boolean {
    return this.table.rows[write + ACKNOWLEDGED_AT_MS] !== NOT_YET;
  }

  committedAtMs(write: number): number {
    return this.table.rows[write + COMMITTED_AT_MS];
  }

  /** From the acknowledgement to the apply at the last replica; 0 if all had it before. */
  visibilityLagMs(write: number): number {
    const { rows } = this.table;
    const lagMs = rows[write + LAST_APPLIED_AT_MS] - rows[write + ACKNOWLEDGED_AT_MS];
    return lagMs > 0 ? lagMs : 0;
  }

  /** Everywhere, and nothing more will be heard of it. */
  isDone(write: number): boolean {
    const { rows } = this.table;
    return rows[write + HOLDERS] === this.replicas && rows[write + IS_CLOSED] === 1;
  }

  isHeldBy(write: number, replica: number): boolean {
    return (this.table.rows[write + wordOf(replica)] & bitOf(replica)) !== 0;
  }

  /** False when the replica had it before: after a crash it may apply again what it had. */
  hold(write: number, replica: number, atMs: number): boolean {
    const { rows } = this.table;
    const word = write + wordOf(replica);
    if ((rows[word] & bitOf(replica)) !== 0) return false;
    rows[word] |= bitOf(replica);
    rows[write + HOLDERS] += 1;
    rows[write + LAST_APPLIED_AT_MS] = atMs;
    return true;
  }

  forEach(visit: (write: number) => void): void {
    this.table.forEach(visit);
  }
}

function wordOf(replica: number): number {
  return FIRST_BITS + (replica >>> 5);
}

function bitOf(replica: number): number {
  return 1 << (replica & 31);
}
