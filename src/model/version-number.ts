import { invariant } from './invariant';
import { isLogVersion, type LogVersion, type Version } from './version';

/**
 * A version as one number, for those who remember millions of them: numbers stand in the order of `compareVersions`, equal
 * ones for equal versions, and 0 for an absent value, which is before every version.
 *
 * Only totally ordered versions have one. Epochs are below 2^21, LSNs below 2^32, so that every number is exact.
 *
 * @throws InvariantError beyond those.
 */
export function numberOf(version: Version | null): number {
  if (version === null) return 0;
  const { epoch, lsn } = version as LogVersion;
  if (!(epoch < EPOCHS && lsn < LSNS)) refuse(version);
  return epoch * LSNS + lsn;
}

/** The version of such a number, null for 0. */
export function versionOf(number: number): LogVersion | null {
  return number === 0 ? null : { epoch: Math.floor(number / LSNS), lsn: number % LSNS };
}

/** Apart from the hot path, so that its sentence is composed only when it is needed. */
function refuse(version: Version): void {
  invariant(isLogVersion(version), 'only a version of a log has a number');
  invariant(false, `a version of epoch ${version.epoch} and LSN ${version.lsn} has no number`);
}

const EPOCHS = 2_097_152;
const LSNS = 4_294_967_296;
