import type { Problems } from '../problem';
import { grouped } from '../text';
import { Fields } from './fields';
import { INCREMENT_MAX, INVARIANTS_MAX, KEY_NAME_CHARACTERS_MAX } from './limits';
import { keyName, keyNamed } from './key-name';
import type { InvariantSpec, ValueSpec } from './workload';

interface Values {
  readonly values: ValueSpec;
  /** How many keys there are. */
  readonly keys: number;
}

/** The bounds at the field `invariants` of a workload: of counters only, for only those have an order. */
export function resolveInvariants(parent: Fields, { values, keys }: Values): readonly InvariantSpec[] {
  const items = parent.list('invariants', INVARIANTS_MAX);
  if (items.length > 0 && !('counter' in values))
    parent.problems
      .at('invariants')
      .add(
        'NOT_SUPPORTED',
        'Only counters have a least value: give `values: { counter: {} }`, or leave it out.',
      );
  return items.map(({ value, problems }) => resolveInvariant(value, keys, problems));
}

function resolveInvariant(value: unknown, keys: number, problems: Problems): InvariantSpec {
  const fields = new Fields(value, problems);
  const key = fields.text('key', KEY_NAME_CHARACTERS_MAX);
  if (key !== null && keyNamed(key, keys) === null)
    fields.problems
      .at('key')
      .add(
        'UNKNOWN_NAME',
        `There is no such key: keys are named ${keyName(0)} to ${keyName(keys - 1)}. Leave it out for all ${grouped(keys)}.`,
      );
  const min = fields.number('min', { what: 'a number', min: -MIN_MAX, max: MIN_MAX });
  fields.end();
  return { key, min };
}

/** More than any sum of increments can be. */
const MIN_MAX = INCREMENT_MAX * 1_000_000;
