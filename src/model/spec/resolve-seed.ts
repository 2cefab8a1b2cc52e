import { DEFAULT_SEED } from './defaults';
import { shown, type Fields } from './fields';
import { SEED_MAX } from './limits';

/** The seed at the field `seed`: decimal digits, 0 … 2^64 − 1. */
export function resolveSeed(fields: Fields): bigint {
  const value = fields.optional('seed') ?? DEFAULT_SEED;
  const seed = typeof value === 'string' && /^[0-9]{1,20}$/.test(value) ? BigInt(value) : null;
  if (seed !== null && seed <= SEED_MAX) return seed;
  fields.problems
    .at('seed')
    .add(
      'INVALID_SEED',
      `It must be a text of decimal digits from "0" to "${SEED_MAX}"; got ${shown(value)}.`,
    );
  return 0n;
}
