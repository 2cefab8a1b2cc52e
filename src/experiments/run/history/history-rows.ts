import { invariant } from '../../../model/invariant';
import type { ObservedOperation } from '../../../model/observer';
import { isLogVersion, isVectorVersion, type Version } from '../../../model/version';
import { NumberRing } from './number-ring';
import { codeOf } from './operation-code';
import { itemsOf, NUMBERS_KEPT_MAX, valueNumberOf } from './operation-numbers';

/** So many operations are remembered. */
export const OPERATIONS_KEPT_MAX = 20_000;

/** The numbers of a row. Absent ones are NaN. */
export const enum Field {
  Id,
  Code,
  Session,
  Key,
  ArrivedAtMs,
  InvokedAtMs,
  EndedAtMs,
  Node,
  /** Of a log version the epoch, of a timestamp that, of a vector its length. */
  Version,
  /** The LSN; the node of a timestamp. */
  VersionSecond,
  /** The operation of a timestamp. */
  VersionThird,
  /** What a read returned, or its number of items; of a write the operand. */
  Value,
  Cause,
  /** The places of invocation and end among all events of the run. */
  InvokedAs,
  EndedAs,
  /** Where its list begins, among all numbers that ever were. */
  NumbersAt,
}
const WIDTH = 16;

export type VersionKind = 'LOG' | 'TIMESTAMP' | 'VECTOR';

/** Where an operation stands in the order of the run's events, from 0. */
export interface EventOrder {
  readonly invokedAs: number;
  readonly endedAs: number;
}

const FIRST_CAPACITY = 256;

/**
 * Ended operations as rows of sixteen doubles, two lines of the cache, in the order of their ends; the lists of their values and
 * versions lie beside them, one after the other. Both grow by doubling up to their limits and then go round: make room first.
 */
export class HistoryRows {
  /** Rows are numbered from the first ever; those from `first` to before `end` are still there. */
  first = 0;
  end = 0;
  /** Null until an operation had a version. */
  versionKind: VersionKind | null = null;
  private rows = new Float64Array(FIRST_CAPACITY * WIDTH);
  private marks = new Uint8Array(FIRST_CAPACITY);
  private capacity = FIRST_CAPACITY;
  private slot = 0;
  private readonly numbers = new NumberRing(NUMBERS_KEPT_MAX);

  get count(): number {
    return this.end - this.first;
  }

  /** Whether rows must go before one with so many numbers in its lists can come. */
  isFullFor(numbers: number): boolean {
    if (this.count === OPERATIONS_KEPT_MAX) return true;
    if (numbers === 0 || this.count === 0) return false;
    return this.numbers.end - this.read(this.first, Field.NumbersAt) + numbers > NUMBERS_KEPT_MAX;
  }

  /** Forgets the oldest rows until one with so many numbers can come. */
  makeRoomFor(numbers: number): void {
    while (this.isFullFor(numbers)) this.first++;
  }

  add(operation: ObservedOperation, { invokedAs, endedAs }: EventOrder): void {
    const at = this.begin();
    const { rows } = this;
    rows[at + Field.Id] = operation.id;
    rows[at + Field.Code] = codeOf(operation);
    rows[at + Field.Session] = operation.session;
    rows[at + Field.Key] = operation.key;
    rows[at + Field.ArrivedAtMs] = operation.arrivedAtMs;
    rows[at + Field.InvokedAtMs] = operation.invokedAtMs;
    rows[at + Field.EndedAtMs] = operation.completedAtMs;
    rows[at + Field.Node] = operation.node ?? NaN;
    rows[at + Field.Cause] = operation.kind === 'WRITE' ? (operation.cause ?? NaN) : NaN;
    rows[at + Field.InvokedAs] = invokedAs;
    rows[at + Field.EndedAs] = endedAs;
    this.addVersion(at, operation.version);
    rows[at + Field.Value] = valueNumberOf(operation);
    const items = itemsOf(operation);
    for (let index = 0; index < items.length; index++) this.numbers.add(items[index]);
  }

  /** The same row of another one, numbers included; false: there is no room for it. */
  addCopy(from: HistoryRows, row: number): boolean {
    const source = from.startOf(row);
    const begin = from.rows[source + Field.NumbersAt];
    const count = from.numbersEndOf(row) - begin;
    if (this.isFullFor(count)) return false;
    const at = this.begin();
    this.rows.set(from.rows.subarray(source, source + Field.NumbersAt), at);
    for (let index = 0; index < count; index++) this.numbers.add(from.numbers.at(begin + index));
    this.versionKind = from.versionKind;
    return true;
  }

  read(row: number, field: Field): number {
    return this.rows[this.startOf(row) + field];
  }

  /** A number of each of these rows; nothing has gone round. */
  column(field: Field, order: Uint32Array): Float64Array {
    const values = new Float64Array(order.length);
    for (let index = 0; index < order.length; index++)
      values[index] = this.rows[order[index] * WIDTH + field];
    return values;
  }

  /** The numbers of its lists: the vector of its version, then the items of its value. */
  forEachNumber(row: number, visit: (number: number) => void): void {
    const end = this.numbersEndOf(row);
    for (let at = this.read(row, Field.NumbersAt); at < end; at++) visit(this.numbers.at(at));
  }

  isMarked(row: number): boolean {
    return this.marks[row % this.capacity] === 1;
  }

  mark(row: number): void {
    this.marks[row % this.capacity] = 1;
  }

  /** A new row at the end: where it starts. */
  private begin(): number {
    if (this.end === this.capacity && this.capacity < OPERATIONS_KEPT_MAX) this.grow();
    invariant(this.count < OPERATIONS_KEPT_MAX, 'there is room for one more operation');
    if (this.slot === this.capacity) this.slot = 0;
    const at = this.slot * WIDTH;
    this.marks[this.slot] = 0;
    this.rows[at + Field.NumbersAt] = this.numbers.end;
    this.slot++;
    this.end++;
    return at;
  }

  /** Nothing has gone round yet. */
  private grow(): void {
    this.capacity = Math.min(2 * this.capacity, OPERATIONS_KEPT_MAX);
    const { rows, marks } = this;
    this.rows = new Float64Array(this.capacity * WIDTH);
    this.rows.set(rows);
    this.marks = new Uint8Array(this.capacity);
    this.marks.set(marks);
  }

  private addVersion(at: number, version: Version | null): void {
    const { rows } = this;
    if (version === null) {
      rows[at + Field.Version] = NaN;
      rows[at + Field.VersionSecond] = NaN;
      rows[at + Field.VersionThird] = NaN;
    } else if (isLogVersion(version)) {
      this.versionKind = 'LOG';
      rows[at + Field.Version] = version.epoch;
      rows[at + Field.VersionSecond] = version.lsn;
    } else if (isVectorVersion(version)) {
      this.versionKind = 'VECTOR';
      rows[at + Field.Version] = version.vector.length;
      for (const count of version.vector) this.numbers.add(count);
    } else {
      this.versionKind = 'TIMESTAMP';
      rows[at + Field.Version] = version.timestampMs;
      rows[at + Field.VersionSecond] = version.node;
      rows[at + Field.VersionThird] = version.operation;
    }
  }

  private startOf(row: number): number {
    return (row % this.capacity) * WIDTH;
  }

  private numbersEndOf(row: number): number {
    return row + 1 === this.end ? this.numbers.end : this.read(row + 1, Field.NumbersAt);
  }
}
