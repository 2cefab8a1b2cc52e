import type { Standing } from '../messages';
import type { Plan } from '../plan';

/** A node that could lead, with how it stands. */
export interface Candidate extends Pick<Standing, 'lastEpoch' | 'end' | 'isEligible'> {
  readonly node: number;
}

/**
 * The best of those who could lead; null if none can, or if who cannot has more of the log than any who can: that may have been
 * acknowledged.
 *
 * MOST_ADVANCED_LSN: who has most of the log, of the newest epoch first. PRIORITY: who comes first in the list, those that are
 * not in it last. Among equals in that the other one decides, and among equals in both the order of the cluster.
 */
export function bestOf(candidates: readonly Candidate[], plan: Plan): Candidate | null {
  const eligible = candidates.filter(({ isEligible }) => isEligible);
  const best = eligible.reduce<Candidate | null>(
    (found, candidate) => (found === null || isBetter(candidate, found, plan) ? candidate : found),
    null,
  );
  if (best === null || plan.settings.failover.election === 'PRIORITY') return best;
  return candidates.some((candidate) => !candidate.isEligible && isAhead(candidate, best)) ? null : best;
}

/** Whether one log has more than another. */
export function isAhead(
  one: Pick<Candidate, 'lastEpoch' | 'end'>,
  other: Pick<Candidate, 'lastEpoch' | 'end'>,
): boolean {
  return advance(one, other) > 0;
}

function isBetter(one: Candidate, other: Candidate, { settings, priorityOf }: Plan): boolean {
  const byLog = advance(one, other);
  const byPriority = priorityOf[other.node] - priorityOf[one.node];
  const [first, second] =
    settings.failover.election === 'PRIORITY' ? [byPriority, byLog] : [byLog, byPriority];
  return (first || second || other.node - one.node) > 0;
}

function advance(
  one: Pick<Candidate, 'lastEpoch' | 'end'>,
  other: Pick<Candidate, 'lastEpoch' | 'end'>,
): number {
  return one.lastEpoch - other.lastEpoch || one.end - other.end;
}
