import type { AnomalyTally } from '../model/anomaly';
import { compareBy } from '../model/canonical-order';
import { anomalyKey } from '../model/measurements-order';
import type { RunOutline } from '../model/observer';
import type { Checker } from './checker';
import { SessionGuaranteesChecker } from './session-guarantees/session-guarantees';
import { StaleReadChecker } from './staleness/stale-read';

/** Makes the checker of a family of anomalies for one run. */
export type CheckerFactory = (outline: RunOutline) => Checker;

/** Every family; each anomaly is judged by exactly one of them. */
export const CHECKERS: readonly CheckerFactory[] = [
  (outline: RunOutline): Checker => new StaleReadChecker(outline),
  (outline: RunOutline): Checker => new SessionGuaranteesChecker(outline),
];

/** What all of them found, in the order of the anomalies. */
export function talliesOf(checkers: readonly Checker[]): readonly AnomalyTally[] {
  return checkers.flatMap((checker) => checker.tallies()).sort(compareBy(anomalyKey));
}
