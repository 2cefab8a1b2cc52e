import { invariant } from '../../../model/invariant';
import { Field, type HistoryRows, type VersionKind } from './history-rows';
import { packNumbers, type NumberColumn } from './number-columns';

/** The first byte of an encoded history; the second is the kind of its versions. */
export const HISTORY_FORMAT = 1;
/** Their places are stored: append, never change. */
export const VERSION_KINDS: readonly (VersionKind | null)[] = [null, 'LOG', 'TIMESTAMP', 'VECTOR'];
export const PREFIX_BYTES = 2;
const NS_PER_MS = 1_000_000;

/** Columns that are stored as they are remembered. */
export const PLAIN_COLUMNS = {
  id: Field.Id,
  code: Field.Code,
  session: Field.Session,
  key: Field.Key,
  node: Field.Node,
  value: Field.Value,
  cause: Field.Cause,
  endedAs: Field.EndedAs,
  version: Field.Version,
  versionSecond: Field.VersionSecond,
  versionThird: Field.VersionThird,
} as const satisfies Readonly<Record<string, Field>>;

/**
 * Operations as columns of numbers, some thirty bytes each, which deflate to half of that. They lie in the order of their ends;
 * times are whole nanoseconds, and the order of events is kept by itself. What else a reader needs, as names, is in the spec.
 *
 * @param rows all that there ever were
 */
export function encodeHistory(rows: HistoryRows): Uint8Array<ArrayBuffer> {
  invariant(rows.first === 0, 'a history is encoded before any of its rows is forgotten');
  const prefix = Uint8Array.of(HISTORY_FORMAT, VERSION_KINDS.indexOf(rows.versionKind));
  return packNumbers(prefix, columnsOf(rows, inOrderOfEnds(rows)));
}

function columnsOf(rows: HistoryRows, order: Uint32Array): readonly NumberColumn[] {
  const column = (field: Field): Float64Array => rows.column(field, order);
  const endedNs = column(Field.EndedAtMs).map(nanoseconds);
  const invokedNs = column(Field.InvokedAtMs).map(nanoseconds);
  const arrivedNs = column(Field.ArrivedAtMs).map(nanoseconds);
  return [
    ...Object.entries(PLAIN_COLUMNS).map(([name, field]) => ({ name, values: column(field) })),
    { name: 'endedNs', values: endedNs },
    { name: 'durationNs', values: differences(endedNs, invokedNs) },
    { name: 'waitNs', values: differences(invokedNs, arrivedNs) },
    { name: 'eventsBetween', values: differences(column(Field.EndedAs), column(Field.InvokedAs)) },
    { name: 'numbers', values: numbersIn(rows, order) },
  ];
}

function differences(from: Float64Array, of: Float64Array): Float64Array {
  const values = new Float64Array(from.length);
  for (let index = 0; index < values.length; index++) values[index] = from[index] - of[index];
  return values;
}

function numbersIn(rows: HistoryRows, order: Uint32Array): Float64Array {
  const numbers: number[] = [];
  for (const row of order) rows.forEachNumber(row, (number) => numbers.push(number));
  return Float64Array.from(numbers);
}

function inOrderOfEnds(rows: HistoryRows): Uint32Array {
  const order = new Uint32Array(rows.count);
  let isInOrder = true;
  for (let index = 0; index < order.length; index++) {
    order[index] = rows.first + index;
    isInOrder &&=
      index === 0 || rows.read(order[index - 1], Field.EndedAs) < rows.read(order[index], Field.EndedAs);
  }
  if (isInOrder) return order;
  return order.sort((one, other) => rows.read(one, Field.EndedAs) - rows.read(other, Field.EndedAs));
}

function nanoseconds(ms: number): number {
  return Math.round(ms * NS_PER_MS);
}
