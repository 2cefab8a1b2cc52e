import canonicalize from 'canonicalize';
import { invariant } from '../../model/invariant';
import type { Measurements } from '../../model/measurements';

/** Canonical JSON (RFC 8785) in UTF-8: equal measurements give equal bytes on every machine. */
export function encodeMeasurements(measurements: Measurements): Uint8Array {
  const text = canonicalize(measurements);
  invariant(text !== undefined, 'measurements are an object, which always has a JSON text');
  return new TextEncoder().encode(text);
}

/**
 * Reads what `encodeMeasurements` wrote in the same engine version; it is not a door for foreign bytes.
 *
 * @throws InvariantError or SyntaxError when it is something else.
 */
export function decodeMeasurements(bytes: Uint8Array): Measurements {
  const decoded: unknown = JSON.parse(new TextDecoder().decode(bytes));
  invariant(isMeasurements(decoded), 'the bytes are not encoded measurements');
  return decoded;
}

function isMeasurements(decoded: unknown): decoded is Measurements {
  return typeof decoded === 'object' && decoded !== null && 'runs' in decoded && 'latencies' in decoded;
}
