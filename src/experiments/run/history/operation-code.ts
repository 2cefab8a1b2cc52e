import { invariant } from '../../../model/invariant';
import type { HistoryEventType, HistoryFunction } from '../../../model/history';
import type { ObservedOperation } from '../../../model/observer';
import type { Outcome } from '../../../model/operation';

/** What the value of an operation is: its own id, a number, a list of items, or nothing. */
export type ValueForm = 'ITSELF' | 'NUMBER' | 'ITEMS' | 'NOTHING';

export interface CodedOperation {
  readonly f: HistoryFunction;
  readonly form: ValueForm;
  readonly end: Exclude<HistoryEventType, 'INVOKE'>;
}

type Coded = Pick<ObservedOperation, 'kind' | 'effect' | 'outcome' | 'value'>;

/** Stored histories hold their places: append, never change. */
const KINDS = [
  { f: 'READ', form: 'NUMBER' },
  { f: 'WRITE', form: 'ITSELF' },
  { f: 'DELETE', form: 'NOTHING' },
  { f: 'ADD', form: 'NUMBER' },
  { f: 'REMOVE', form: 'NUMBER' },
  { f: 'READ', form: 'ITEMS' },
] as const satisfies readonly Omit<CodedOperation, 'end'>[];
const ENDS = ['OK', 'FAIL', 'INFO'] as const satisfies readonly HistoryEventType[];

/** In one small number: three times the place in `KINDS`, and the place in `ENDS`. */
export function codeOf(operation: Coded): number {
  return ENDS.length * kindOf(operation) + endOf(operation.outcome);
}

/** @throws InvariantError when `codeOf` did not give it. */
export function decodedOperation(code: number): CodedOperation {
  const kind = KINDS.at(Math.floor(code / ENDS.length));
  invariant(kind !== undefined, `no code of an operation: ${code}`);
  return { ...kind, end: ENDS[code % ENDS.length] };
}

/** In switches, for it is asked of every operation of a run. */
function kindOf({ kind, effect, value }: Coded): number {
  if (kind === 'READ') return typeof value === 'object' && value !== null ? 5 : 0;
  switch (effect) {
    case 'SET':
      return 1;
    case 'DELETE':
      return 2;
    case 'INCREMENT':
    case 'ADD':
      return 3;
    case 'REMOVE':
      return 4;
  }
}

function endOf(outcome: Outcome): number {
  switch (outcome) {
    case 'OK':
      return 0;
    case 'FAILED':
      return 1;
    case 'UNKNOWN':
      return 2;
  }
}
