import type { AnomalyTally } from '../model/anomaly';
import { compareBy } from '../model/canonical-order';
import { anomalyKey } from '../model/measurements-order';
import type { RunOutline } from '../model/observer';
import { ConsistentPrefixChecker } from './causality/consistent-prefix';
import type { CheckedRun, CheckerListeners } from './checked-run';
import type { Checker } from './checker';
import { ConflictsChecker } from './conflicts/conflicts';
import { ResurrectedDeleteChecker } from './deletes/resurrected-delete';
import { PartialResurrectedDeleteChecker } from './deletes/resurrected-delete-partial';
import { DivergenceChecker } from './divergence/divergence';
import { DurabilityChecker } from './durability/durability';
import { InvariantChecker } from './invariants/invariant';
import { LeadershipChecker } from './leadership/leadership';
import { OperationMemory, type MemorySizes } from './memory/operation-memory';
import { NothingToJudge } from './nothing-to-judge';
import { SessionGuaranteesChecker } from './session-guarantees/session-guarantees';
import { PartialSessionGuaranteesChecker } from './session-guarantees/session-guarantees-partial';
import { StaleReadChecker } from './staleness/stale-read';
import { PartialStaleReadChecker } from './staleness/stale-read-partial';

/** Makes the checker of a family of anomalies for one run. */
type CheckerFactory = (run: CheckedRun, memory: OperationMemory) => Checker;

/** Every family; each anomaly is judged by exactly one of them. */
const FAMILIES: readonly CheckerFactory[] = [
  (outline, memory) =>
    isPartial(outline) ? new PartialStaleReadChecker(outline) : new StaleReadChecker(outline, memory),
  (outline, memory) =>
    isPartial(outline)
      ? new PartialSessionGuaranteesChecker(outline)
      : new SessionGuaranteesChecker(outline, memory),
  (outline) =>
    outline.hasCauses === true
      ? new ConsistentPrefixChecker(outline)
      : new NothingToJudge('CONSISTENT_PREFIX', outline),
  (outline, memory) => {
    if (outline.hasDeletes !== true) return new NothingToJudge('RESURRECTED_DELETE', outline);
    return isPartial(outline)
      ? new PartialResurrectedDeleteChecker(outline)
      : new ResurrectedDeleteChecker(outline, memory);
  },
  (outline, memory) => new DurabilityChecker(outline, memory),
  (outline, memory) => new ConflictsChecker(outline, memory),
  (outline) => new DivergenceChecker(outline),
  (outline) =>
    outline.invariants === undefined || outline.invariants.length === 0
      ? new NothingToJudge('INVARIANT', outline)
      : new InvariantChecker(outline),
  (outline, memory) => new LeadershipChecker(outline, memory),
];

/** Checkers of all families for one run, and the memory that some of them share: all are to hear of its events, in this order. */
export function createCheckers(
  outline: RunOutline,
  listeners: CheckerListeners = {},
  sizes: MemorySizes = {},
): readonly Checker[] {
  const memory = new OperationMemory(outline, sizes);
  const run = { ...outline, ...listeners };
  return [memory, ...FAMILIES.map((create) => create(run, memory))];
}

/** What all of them found, in the order of the anomalies. */
export function talliesOf(checkers: readonly Checker[]): readonly AnomalyTally[] {
  return checkers.flatMap((checker) => checker.tallies()).sort(compareBy(anomalyKey));
}

function isPartial({ versionOrder }: RunOutline): boolean {
  return versionOrder === 'PARTIAL';
}
