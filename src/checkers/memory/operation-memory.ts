import type { AnomalyTally } from '../../model/anomaly';
import type { ObservedOperation, RunOutline } from '../../model/observer';
import type { Operation, OperationKind } from '../../model/operation';
import { copyOfVersion, type Version } from '../../model/version';
import { numberOf } from '../../model/version-number';
import type { Checker } from '../checker';
import { grown } from './grown';
import { codeOf, isOk, isWrite } from './operation-codes';
import {
  Column,
  idIn,
  OPERATION_ROW_WIDTH,
  operationIn,
  pairOf,
  whatOf,
  writerCodeOf,
} from './operation-rows';

/** 8 MB. */
const OPERATIONS_MAX = 131_072;
const INITIAL_OPERATIONS = 128;
/** 8 kB of rows: a part of the processor's nearest cache. */
const BATCH = 128;

/** How much is remembered, and gathered; for tests. */
export interface MemorySizes {
  /** A power of two, 128 at least. */
  readonly operations?: number;
  /** 1 … 128. */
  readonly batch?: number;
}

/** Operations that have ended, in the order in which they did. */
export interface EndedBatch {
  readonly count: number;
  /** A row each: see `operation-rows.ts`. */
  readonly rows: Float64Array;
  /** A code each: see `operation-codes.ts`. */
  readonly codes: Uint8Array;
}

/** Judges operations that have ended; the batch is used again afterwards. */
export type OnEnded = (batch: EndedBatch) => void;

/** `pair` of a session and key (`pairOf`); the number of a version (`numberOf`). */
interface WantedOperation {
  readonly pair: number;
  readonly kind: OperationKind;
  readonly version: number;
}

type Outline = Pick<RunOutline, 'keys' | 'versionOrder' | 'durationMs'>;

/**
 * The operations that ended last, however they ended: checkers remember ids, and find here what a witness tells. One for all
 * checkers of a run, the first of them to hear of anything. It judges nothing.
 *
 * It also gathers what ended, and tells it to those who listen (`whenEnded`) a hundred at once: who looks up something far away
 * for each, as what a session knows of a key, then waits for many of them at a time and not for one after the other.
 */
export class OperationMemory implements Checker {
  private readonly batch = {
    count: 0,
    rows: new Float64Array(OPERATION_ROW_WIDTH * BATCH),
    codes: new Uint8Array(BATCH),
  };
  /** A ring, in the order in which they ended. */
  private rows = new Float64Array(OPERATION_ROW_WIDTH * INITIAL_OPERATIONS);
  /** By id, as far as it fits: the index of its row in the ring, + 1. */
  private places = new Int32Array(INITIAL_OPERATIONS);
  private ended = 0;
  /** How many of the batch are in the ring already. */
  private gone = 0;
  /** By id, where they have no numbers. */
  private readonly versions: Map<number, Version> | null;
  private readonly toEnded: OnEnded[] = [];
  private readonly wanted = new Set<number>();
  private readonly kept = new Map<number, Operation>();

  private readonly operationsMax: number;
  private readonly batchMax: number;

  constructor(
    private readonly outline: Outline,
    { operations = OPERATIONS_MAX, batch = BATCH }: MemorySizes = {},
  ) {
    this.operationsMax = operations;
    this.batchMax = batch;
    this.versions = outline.versionOrder === 'PARTIAL' ? new Map() : null;
  }

  operationEnded(operation: ObservedOperation): void {
    const { batch, versions } = this;
    const { id, version, writer } = operation;
    const code = codeOf(operation, this.outline);
    const { rows } = batch;
    const row = OPERATION_ROW_WIDTH * batch.count;
    rows[row + Column.Id] = id + 1;
    rows[row + Column.Pair] = pairOf(operation, this.outline.keys);
    rows[row + Column.ArrivedAtMs] = operation.arrivedAtMs;
    rows[row + Column.InvokedAtMs] = operation.invokedAtMs;
    rows[row + Column.CompletedAtMs] = operation.completedAtMs;
    rows[row + Column.What] = whatOf(operation, code);
    rows[row + Column.Version] = versions === null ? numberOf(version) : 0;
    rows[row + Column.Writer] = writerCodeOf(writer);
    batch.codes[batch.count] = code;
    batch.count += 1;
    if (versions !== null && version !== null) versions.set(id, copyOfVersion(version));
    if (batch.count === this.batchMax) this.flush();
  }

  settled(): void {
    this.flush();
  }

  tallies(): readonly AnomalyTally[] {
    return [];
  }

  whenEnded(listener: OnEnded): void {
    this.toEnded.push(listener);
  }

  /** That operation is to be remembered for good, if it is still known, or has not ended yet. */
  keep(id: number): void {
    if (this.kept.has(id)) return;
    const known = this.find(id);
    if (known === null) this.wanted.add(id);
    else this.kept.set(id, known);
  }

  /** In plain data; null if it has not ended, or is forgotten. */
  find(id: number): Operation | null {
    this.remember();
    return this.kept.get(id) ?? this.inRing(id);
  }

  /**
   * The first operation of a session and key, answered OK, of a kind and version, that ended before that one; in plain data, of
   * those that are remembered, or null. It looks at all of them: for witnesses only.
   */
  findBefore(id: number, wanted: WantedOperation): Operation | null {
    const oldest = Math.max(0, this.ended - this.operationsMax);
    for (let number = oldest; number < this.ended; number += 1) {
      const row = OPERATION_ROW_WIDTH * this.indexOf(number);
      if (idIn(this.rows, row) === id) return null;
      if (this.isWanted(row, wanted)) return this.operationAt(this.rows, row);
    }
    return null;
  }

  /** An operation of a batch, in plain data. */
  operationAt(rows: Float64Array, row: number): Operation {
    const operation = operationIn(rows, row, this.outline.keys);
    return this.versions === null
      ? operation
      : { ...operation, version: this.versions.get(operation.id) ?? null };
  }

  /** Tells what has been gathered: before something happens of which it must be known what ended earlier. */
  flush(): void {
    const { batch } = this;
    if (batch.count === 0) return;
    this.remember();
    for (const listener of this.toEnded) listener(batch);
    this.gone = 0;
    batch.count = 0;
  }

  /** Takes the batch into the ring, as far as it is not there. */
  private remember(): void {
    const { batch, gone } = this;
    if (gone === batch.count) return;
    this.makeRoom(batch.count - gone);
    this.copy(gone, Math.min(batch.count, gone + this.operationsMax - this.indexOf(this.ended)));
    this.copy(this.gone, batch.count);
  }

  /** Rows [from, to) of the batch, which fit before the end of the ring. */
  private copy(from: number, to: number): void {
    if (from === to) return;
    const rows = this.batch.rows.subarray(OPERATION_ROW_WIDTH * from, OPERATION_ROW_WIDTH * to);
    this.rows.set(rows, OPERATION_ROW_WIDTH * this.indexOf(this.ended));
    for (let row = from; row < to; row += 1) this.enter(idIn(this.batch.rows, OPERATION_ROW_WIDTH * row));
    this.gone = to;
  }

  /** The next row of the ring is of that operation. */
  private enter(id: number): void {
    const index = this.indexOf(this.ended);
    this.ended += 1;
    const place = this.indexOf(id);
    if (place >= this.places.length) this.places = grown(this.places, place + 1);
    this.places[place] = index + 1;
    if (this.wanted.size > 0 && this.wanted.delete(id))
      this.kept.set(id, this.operationAt(this.rows, OPERATION_ROW_WIDTH * index));
  }

  private makeRoom(count: number): void {
    const { rows, operationsMax } = this;
    const wanted = OPERATION_ROW_WIDTH * Math.min(operationsMax, this.ended + count);
    if (wanted > rows.length) {
      this.rows = new Float64Array(Math.max(2 * rows.length, wanted));
      this.rows.set(rows);
    }
    if (this.versions === null) return;
    for (let number = this.ended; number < this.ended + count; number += 1)
      if (number >= operationsMax)
        this.versions.delete(idIn(this.rows, OPERATION_ROW_WIDTH * this.indexOf(number)));
  }

  private inRing(id: number): Operation | null {
    const place = this.indexOf(id);
    if (place >= this.places.length || this.places[place] === 0) return null;
    const row = OPERATION_ROW_WIDTH * (this.places[place] - 1);
    return idIn(this.rows, row) === id ? this.operationAt(this.rows, row) : null;
  }

  private isWanted(row: number, { pair, kind, version }: WantedOperation): boolean {
    const { rows } = this;
    const what = rows[row + Column.What];
    return (
      rows[row + Column.Pair] === pair &&
      rows[row + Column.Version] === version &&
      isOk(what) &&
      isWrite(what) === (kind === 'WRITE')
    );
  }

  /** Of a row in the ring by its number, of a place by the id. */
  private indexOf(number: number): number {
    return number & (this.operationsMax - 1);
  }
}
