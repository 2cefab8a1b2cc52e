import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Fields } from '../model/spec/fields';
import { IDEMPOTENCY_KEY_CHARACTERS_MAX } from '../model/spec/limits';
import type { IdempotencyClaim } from './ports/stores';

/** The claim of a mutation's idempotency key, null without one. Reads the field of the same name. */
export function idempotencyOf(scope: string, input: object, fields: Fields): IdempotencyClaim | null {
  const key = fields.text('idempotencyKey', IDEMPOTENCY_KEY_CHARACTERS_MAX);
  if (key === null) return null;
  const request: unknown = JSON.parse(JSON.stringify({ ...input, idempotencyKey: undefined }, digits));
  return { scope, key, requestHash: sha256(canonicalize(request) ?? '') };
}

/** GraphQL hands whole numbers of any size over as bigints, which JSON does not know. */
function digits(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

/** What to say when a key comes back with another request. */
export const MISMATCH_MESSAGE =
  'This idempotency key was used before with another input: send that input again, or take a new key.';

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
