import { outlineOf } from '../../../engine/outline';
import type { HistoryEvent } from '../../../model/history';
import type { RunOutline } from '../../../model/observer';
import type { ExperimentSpec } from '../../../model/spec/experiment';
import type { Value } from '../../../model/value';
import { decodeHistory, type StoredHistory, type StoredOperation } from './decode-history';

const NS_PER_MS = 1_000_000;

/**
 * An encoded history as its events, in their order; each is made when it is asked for.
 *
 * @param spec of the run: it knows the names
 * @throws InvariantError when `encodeHistory` did not write the bytes.
 */
export function* historyEvents(bytes: Uint8Array, spec: ExperimentSpec): Generator<HistoryEvent> {
  const naming = namingOf(spec);
  const stored = decodeHistory(bytes);
  const invocations = inOrderOfInvocation(stored);
  let invoked = 0;
  for (let row = 0; row < stored.count; row++) {
    const endedAs = stored.endedAs(row);
    for (; invoked < stored.count && stored.invokedAs(invocations[invoked]) < endedAs; invoked++)
      yield invocationOf(stored.at(invocations[invoked]), naming);
    yield endOf(stored.at(row), naming);
  }
}

interface Naming extends Pick<RunOutline, 'nodes' | 'keyName'> {
  /** What is read of a key that holds nothing. */
  readonly absent: Value;
}

function namingOf(spec: ExperimentSpec): Naming {
  const { nodes, keyName } = outlineOf(spec, 0);
  return { nodes, keyName, absent: absentIn(spec) };
}

function absentIn({ workload: { values } }: ExperimentSpec): Value {
  if ('counter' in values) return 0;
  return 'cart' in values ? [] : null;
}

function inOrderOfInvocation(stored: StoredHistory): Uint32Array {
  const rows = Uint32Array.from({ length: stored.count }, (_, row) => row);
  return rows.sort((one, other) => stored.invokedAs(one) - stored.invokedAs(other));
}

function invocationOf(operation: StoredOperation, naming: Naming): HistoryEvent {
  const { arrivedNs, invokedNs, f, value } = operation;
  return {
    process: operation.session,
    type: 'INVOKE',
    f,
    key: naming.keyName(operation.key),
    value: f === 'READ' ? null : value,
    timeMs: invokedNs / NS_PER_MS,
    ...(arrivedNs === invokedNs ? {} : { arrivedAtMs: arrivedNs / NS_PER_MS }),
    operation: operation.id,
    ...causeOf(operation),
  };
}

function endOf(operation: StoredOperation, naming: Naming): HistoryEvent {
  const { node } = operation;
  return {
    process: operation.session,
    type: operation.end,
    f: operation.f,
    key: naming.keyName(operation.key),
    value: valueOf(operation, naming),
    timeMs: operation.endedNs / NS_PER_MS,
    operation: operation.id,
    node: node === null ? null : naming.nodes[node],
    version: operation.version,
    ...causeOf(operation),
  };
}

function valueOf({ f, form, end, value }: StoredOperation, { absent }: Naming): Value {
  const readNothing = f === 'READ' && form === 'NUMBER' && value === null;
  return readNothing && end === 'OK' ? absent : value;
}

function causeOf({ cause }: StoredOperation): Pick<HistoryEvent, 'cause'> {
  return cause === null ? {} : { cause };
}
