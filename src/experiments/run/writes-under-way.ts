import { RowTable } from '../../model/row-table';

const COMMITTED_AT_MS = 1;
const ACKNOWLEDGED_AT_MS = 2;
/** How much is still to be heard of it: of each replica that lacks it, and of its client. */
const AWAITED = 3;
/** Of one that is committed: the number of its version, and the shard and the node where it was. */
const VERSION = 4;
const PLACE = 5;
const FIRST_BITS = 6;
const BITS = 32;

/** Later than anything: what has not happened. */
const NOT_YET = Infinity;

export interface CommitPlace {
  readonly atMs: number;
  /** `numberOf` its version; 0 where versions have none. */
  readonly version: number;
  readonly shard: number;
  readonly node: number;
}

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

  /** From then on, the node that committed it holds it. */
  commit(write: number, { atMs, version, shard, node }: CommitPlace): void {
    const { rows } = this.table;
    rows[write + COMMITTED_AT_MS] = atMs;
    rows[write + VERSION] = version;
    rows[write + PLACE] = shard * this.replicas + node;
    this.hold(write, node);
  }

  /** The node that committed it gave it up: it is as if it had just been sent, or forgotten if its client hears no more. */
  takeBack(write: number): void {
    const operation = this.table.keyAt(write);
    const isOpen = this.isOpen(write);
    this.table.remove(write);
    if (isOpen) this.begin(operation);
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

  isCommittedBy(write: number, node: number): boolean {
    return this.isCommitted(write) && this.table.rows[write + PLACE] % this.replicas === node;
  }

  /** The committed writes of a shard, up to a version and including it, that a replica lacks: by their operations' ids. */
  lackedBy(replica: number, { version, shard }: Pick<CommitPlace, 'version' | 'shard'>): readonly number[] {
    const operations: number[] = [];
    const { rows } = this.table;
    this.table.forEach((write) => {
      const isIn = this.isCommitted(write) && rows[write + VERSION] <= version;
      if (isIn && Math.floor(rows[write + PLACE] / this.replicas) === shard && !this.isHeldBy(write, replica))
        operations.push(this.table.keyAt(write));
    });
    return operations;
  }

  forEach(visit: (write: number) => void): void {
    this.table.forEach(visit);
  }

  /** Its client may still hear of it. */
  private isOpen(write: number): boolean {
    let awaited = this.table.rows[write + AWAITED];
    for (let replica = 0; replica < this.replicas; replica += 1)
      if (!this.isHeldBy(write, replica)) awaited -= 1;
    return awaited > 0;
  }
}

function wordOf(replica: number): number {
  return FIRST_BITS + (replica >>> 5);
}

function bitOf(replica: number): number {
  return 1 << (replica & 31);
}
