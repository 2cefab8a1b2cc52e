import type { Operation, OperationKind } from '../model/operation';
import { numberOf, versionOf } from '../model/version-number';

/**
 * Operations answered OK, remembered as rows of numbers in a typed array: eight doubles, a cache line, so that a run
 * of any length leaves nothing to the garbage collector.
 *
 * The first element says whose it is (session · keys + key + 1, 0 in an empty row).
 */
export const OPERATION_ROW_WIDTH = 8;

/** Where a row has the number of the operation's version (`numberOf`): 0 in an empty row. */
export const VERSION = 1;

const OWNER = 0;
const ID = 2;
const ARRIVED_AT_MS = 3;
const INVOKED_AT_MS = 4;
const COMPLETED_AT_MS = 5;
/** client · 2^20 + node + 1 */
const PLACE = 6;
const NODES = 1_048_576;

/** What a row belongs to: a key of a session. */
export function ownerOf({ session, key }: Pick<Operation, 'session' | 'key'>, keys: number): number {
  return session * keys + key;
}

/** Whose a row is, which must not be empty. */
export function rowOwner(rows: Float64Array, offset: number): number {
  return rows[offset + OWNER] - 1;
}

/** The number of its version. */
export function rowVersion(rows: Float64Array, offset: number): number {
  return rows[offset + VERSION];
}

/** Writes a row. */
export function remember(rows: Float64Array, offset: number, operation: Operation, owner: number): void {
  const { node } = operation;
  rows[offset + OWNER] = owner + 1;
  rows[offset + ID] = operation.id;
  rows[offset + ARRIVED_AT_MS] = operation.arrivedAtMs;
  rows[offset + INVOKED_AT_MS] = operation.invokedAtMs;
  rows[offset + COMPLETED_AT_MS] = operation.completedAtMs;
  rows[offset + VERSION] = numberOf(operation.version);
  rows[offset + PLACE] = operation.client * NODES + (node === null ? 0 : node + 1);
}

export function copyRow(from: Float64Array, fromOffset: number, to: Float64Array, toOffset: number): void {
  for (let element = 0; element < OPERATION_ROW_WIDTH; element += 1)
    to[toOffset + element] = from[fromOffset + element];
}

/** The operation again, in plain data, for a witness. */
export function operationAt(
  rows: Float64Array,
  offset: number,
  { kind, keys }: { readonly kind: OperationKind; readonly keys: number },
): Operation {
  const owner = rows[offset + OWNER] - 1;
  const place = rows[offset + PLACE];
  return {
    id: rows[offset + ID],
    kind,
    session: Math.floor(owner / keys),
    client: Math.floor(place / NODES),
    key: owner % keys,
    arrivedAtMs: rows[offset + ARRIVED_AT_MS],
    invokedAtMs: rows[offset + INVOKED_AT_MS],
    completedAtMs: rows[offset + COMPLETED_AT_MS],
    outcome: 'OK',
    version: versionOf(rows[offset + VERSION]),
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
    version: version === null ? null : { epoch: version.epoch, lsn: version.lsn },
    node: operation.node,
  };
}
