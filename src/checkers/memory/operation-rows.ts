import { OPERATION_KINDS, type Operation } from '../../model/operation';
import { copyOfVersion } from '../../model/version';
import { versionOf } from '../../model/version-number';
import { isWrite, KIND_AND_OUTCOME, outcomeIn } from './operation-codes';

/**
 * Operations that have ended, as rows of numbers in a typed array: eight doubles, a cache line, so that a run of any length
 * leaves nothing to the garbage collector.
 */
export const OPERATION_ROW_WIDTH = 8;

/** What a row has where. */
export const enum Column {
  /** + 1: 0 in a row that was never written. */
  Id,
  /** session · keys + key */
  Pair,
  ArrivedAtMs,
  InvokedAtMs,
  CompletedAtMs,
  /** (client · 2^20 + node + 1) · 8 + kind and outcome */
  What,
  /** Its number (`numberOf`); 0 of none. */
  Version,
  /** Of a read: the write that it returned (`writerCodeOf`); 0 of none. */
  Writer,
}
const NODES = 1_048_576;
const CODES = 8;

/** What a row belongs to: a key of a session. */
export function pairOf({ session, key }: Pick<Operation, 'session' | 'key'>, keys: number): number {
  return session * keys + key;
}

/** The id of a row's operation; −1 of a row that was never written. */
export function idIn(rows: Float64Array, offset: number): number {
  return rows[offset + Column.Id] - 1;
}

/** An operation's id, + 1; of a write from before the run, whose id is negative, that id; 0 of none. */
export function writerCodeOf(writer: number | null): number {
  if (writer === null) return 0;
  return writer < 0 ? writer : writer + 1;
}

/** The write that a row's read returned; null of none. */
export function writerIn(rows: Float64Array, offset: number): number | null {
  const code = rows[offset + Column.Writer];
  if (code === 0) return null;
  return code < 0 ? code : code - 1;
}

/** What else a row has, of the operation's: client, node, kind and outcome in one number. */
export function whatOf({ client, node }: Operation, code: number): number {
  return (client * NODES + (node === null ? 0 : node + 1)) * CODES + (code & KIND_AND_OUTCOME);
}

/** The operation again, in plain data, for a witness. */
export function operationIn(rows: Float64Array, offset: number, keys: number): Operation {
  const pair = rows[offset + Column.Pair];
  const what = rows[offset + Column.What];
  const place = Math.floor(what / CODES);
  return {
    id: idIn(rows, offset),
    kind: OPERATION_KINDS[isWrite(what) ? 1 : 0],
    session: Math.floor(pair / keys),
    client: Math.floor(place / NODES),
    key: pair % keys,
    arrivedAtMs: rows[offset + Column.ArrivedAtMs],
    invokedAtMs: rows[offset + Column.InvokedAtMs],
    completedAtMs: rows[offset + Column.CompletedAtMs],
    outcome: outcomeIn(what),
    version: versionOf(rows[offset + Column.Version]),
    node: place % NODES === 0 ? null : (place % NODES) - 1,
  };
}

/** A copy in plain data, for a witness: the engine uses the operation it handed over again. */
export function copyOf(operation: Operation): Operation {
  const { version } = operation;
  return {
    id: operation.id,
    kind: operation.kind,
    session: operation.session,
    client: operation.client,
    key: operation.key,
    arrivedAtMs: operation.arrivedAtMs,
    invokedAtMs: operation.invokedAtMs,
    completedAtMs: operation.completedAtMs,
    outcome: operation.outcome,
    version: version === null ? null : copyOfVersion(version),
    node: operation.node,
  };
}
