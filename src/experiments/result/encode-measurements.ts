import { invariant } from '../../model/invariant';
import type { Measurements } from '../../model/measurements';
import { EMPTY_MEASUREMENTS } from '../../model/merge-measurements';
import { canonicalBytes } from './canonical-bytes';

/** Canonical JSON (RFC 8785) in UTF-8: equal measurements give equal bytes on every machine. */
export function encodeMeasurements(measurements: Measurements): Uint8Array {
  return canonicalBytes(measurements).slice();
}

/**
 * Reads what `encodeMeasurements` wrote; it is not a door for foreign bytes. Of what an earlier engine did not measure, it says
 * that there was none.
 *
 * @throws InvariantError or SyntaxError when it is something else.
 */
export function decodeMeasurements(bytes: Uint8Array): Measurements {
  const decoded: unknown = JSON.parse(new TextDecoder().decode(bytes));
  invariant(isMeasurements(decoded), 'the bytes are not encoded measurements');
  return { ...EMPTY_MEASUREMENTS, ...decoded };
}

function isMeasurements(decoded: unknown): decoded is Measurements {
  return typeof decoded === 'object' && decoded !== null && 'runs' in decoded && 'latencies' in decoded;
}
