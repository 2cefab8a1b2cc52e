import { isLogVersion, type Version } from '../../src/model/version';

/** The LSN of the version of a log, 0 of none. */
export function lsnIn(version: Version | null): number {
  if (version === null) return 0;
  if (!isLogVersion(version)) throw new Error('not a version of a log');
  return version.lsn;
}
