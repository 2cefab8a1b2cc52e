import { invariant } from '../../../model/invariant';
import type { Version } from '../../../model/version';
import { HISTORY_FORMAT, PREFIX_BYTES, VERSION_KINDS } from './encode-history';
import type { VersionKind } from './history-rows';
import { unpackNumbers } from './number-columns';
import { decodedOperation, type CodedOperation } from './operation-code';

/** A recorded operation as it was stored; what is missing are names. Times are nanoseconds. */
export interface StoredOperation extends CodedOperation {
  readonly id: number;
  readonly session: number;
  readonly key: number;
  readonly node: number | null;
  readonly cause: number | null;
  readonly arrivedNs: number;
  readonly invokedNs: number;
  readonly endedNs: number;
  readonly version: Version | null;
  /** Of the form ITSELF its id; NOTHING, or nothing read: null. */
  readonly value: number | readonly number[] | null;
}

/**
 * The operations of an encoded history, in the order of their ends.
 *
 * @throws InvariantError when `encodeHistory` did not write the bytes.
 */
export function decodeHistory(bytes: Uint8Array): StoredHistory {
  invariant(bytes[0] === HISTORY_FORMAT, 'the bytes are no history');
  const versionKind = VERSION_KINDS.at(bytes[1]);
  invariant(versionKind !== undefined, 'the versions of the history are of no known kind');
  return new StoredHistory(versionKind, unpackNumbers(bytes.subarray(PREFIX_BYTES)));
}

/** An operation is put together when it is asked for. */
export class StoredHistory {
  readonly count: number;
  private readonly ids: Float64Array;
  private readonly numbers: Float64Array;
  /** Where the numbers of each operation begin. */
  private readonly numbersAt: Uint32Array;

  constructor(
    private readonly versionKind: VersionKind | null,
    private readonly columns: ReadonlyMap<string, Float64Array>,
  ) {
    this.numbers = this.column('numbers');
    this.ids = this.column('id');
    this.count = this.ids.length;
    this.numbersAt = new Uint32Array(this.count + 1);
    for (let row = 0; row < this.count; row++)
      this.numbersAt[row + 1] = this.numbersAt[row] + this.vectorLength(row) + this.itemCount(row);
  }

  /** Where its end stands among the events of the run, and where its invocation. */
  endedAs(row: number): number {
    return this.number('endedAs', row);
  }

  invokedAs(row: number): number {
    return this.endedAs(row) - this.number('eventsBetween', row);
  }

  at(row: number): StoredOperation {
    const coded = this.coded(row);
    const endedNs = this.number('endedNs', row);
    const invokedNs = endedNs - this.number('durationNs', row);
    return {
      ...coded,
      id: this.ids[row],
      session: this.number('session', row),
      key: this.number('key', row),
      node: orNull(this.number('node', row)),
      cause: orNull(this.number('cause', row)),
      arrivedNs: invokedNs - this.number('waitNs', row),
      invokedNs,
      endedNs,
      version: this.version(row),
      value: this.value(row, coded),
    };
  }

  private version(row: number): Version | null {
    const first = this.number('version', row);
    if (Number.isNaN(first)) return null;
    const second = this.number('versionSecond', row);
    switch (this.versionKind) {
      case 'LOG':
        return { epoch: first, lsn: second };
      case 'TIMESTAMP':
        return { timestampMs: first, node: second, operation: this.number('versionThird', row) };
      case 'VECTOR':
        return { vector: [...this.numbers.subarray(this.numbersAt[row], this.numbersAt[row] + first)] };
      case null:
        return null;
    }
  }

  private value(row: number, { form }: CodedOperation): number | readonly number[] | null {
    if (form === 'ITSELF') return this.ids[row];
    const number = this.number('value', row);
    if (form === 'NOTHING' || Number.isNaN(number)) return null;
    if (form === 'NUMBER') return number;
    const end = this.numbersAt[row + 1];
    return [...this.numbers.subarray(end - number, end)];
  }

  private vectorLength(row: number): number {
    return this.versionKind === 'VECTOR' ? this.number('version', row) || 0 : 0;
  }

  private itemCount(row: number): number {
    return this.coded(row).form === 'ITEMS' ? this.number('value', row) || 0 : 0;
  }

  private coded(row: number): CodedOperation {
    return decodedOperation(this.number('code', row));
  }

  private number(name: string, row: number): number {
    return this.column(name)[row];
  }

  private column(name: string): Float64Array {
    const column = this.columns.get(name);
    invariant(column !== undefined, `the history has no column ${name}`);
    return column;
  }
}

function orNull(number: number): number | null {
  return Number.isNaN(number) ? null : number;
}
