import { RowTable } from '../../model/row-table';

const COMMITTED_AT_MS = 1;
const ACKNOWLEDGED_AT_MS = 2;
/** How much is still to be heard of it: of each replica that lacks it, and of its client. */
const AWAITED = 3;
const FIRST_BITS = 4;
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
    this.table = new RowTable(FIRST_BITS + Math.ceil(replicas / BITS), 'NEIGHBOURING');
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
    rows[write + AWAITED] = this.replicas + 1;
    return write;
  }

  forget(write: number): void {
    this.table.remove(write);
  }

  /** Its client will hear no more of it; to be said once. */
  close(write: number): void {
    this.table.rows[write + AWAITED] -= 1;
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

  acknowledgedAtMs(write: number): number {
    return this.table.rows[write + ACKNOWLEDGED_AT_MS];
  }

  /** Everywhere, and nothing more will be heard of it. */
  isDone(write: number): boolean {
    return this.table.rows[write + AWAITED] === 0;
  }

  isHeldBy(write: number, replica: number): boolean {
    return (this.table.rows[write + wordOf(replica)] & bitOf(replica)) !== 0;
  }

  /** False when the replica had it before: after a crash it may apply again what it had. */
  hold(write: number, replica: number): boolean {
    const { rows } = this.table;
    const word = write + wordOf(replica);
    if ((rows[word] & bitOf(replica)) !== 0) return false;
    rows[word] |= bitOf(replica);
    rows[write + AWAITED] -= 1;
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
