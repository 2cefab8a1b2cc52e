import type { AnomalyKind } from '../model/anomaly';
import type { RunOutline } from '../model/observer';
import type { Checker } from './checker';
import { MonotonicReadsChecker } from './session-guarantees/monotonic-reads';
import { ReadYourWritesChecker } from './session-guarantees/read-your-writes';
import { StaleReadChecker } from './staleness/stale-read';

/** Makes the checker of one anomaly for one run. */
export type CheckerFactory = (outline: RunOutline) => Checker;

/** Every anomaly that can be counted, and who counts it. */
export const CHECKERS: Readonly<Record<AnomalyKind, CheckerFactory>> = {
  STALE_READ: (outline) => new StaleReadChecker(outline),
  READ_YOUR_WRITES: (outline) => new ReadYourWritesChecker(outline),
  MONOTONIC_READS: (outline) => new MonotonicReadsChecker(outline),
};
