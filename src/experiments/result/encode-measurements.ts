import { invariant } from '../../model/invariant';
import type { Measurements } from '../../model/measurements';
import { canonicalBytes } from './canonical-bytes';

/** Canonical JSON (RFC 8785) in UTF-8: equal measurements give equal bytes on every machine. */
export function encodeMeasurements(measurements: Measurements): Uint8Array {
  return canonicalBytes(measurements).slice();
}

/**
 * Reads what `encodeMeasurements` wrote; it is not a door for foreign bytes.
 *
 * @throws InvariantError or SyntaxError when it is something else.
 */
export function decodeMeasurements(bytes: Uint8Array): Measurements {
  const decoded: unknown = JSON.parse(new TextDecoder().decode(bytes));
  invariant(isMeasurements(decoded), 'the bytes are not encoded measurements');
  return { ...ADDED_LATER, ...decoded };
}

/** What results had not that were stored before runs had a budget. */
const ADDED_LATER: Pick<Measurements, 'truncatedRuns'> = { truncatedRuns: 0 };

function isMeasurements(decoded: unknown): decoded is Measurements {
  return typeof decoded === 'object' && decoded !== null && 'runs' in decoded && 'latencies' in decoded;
}
