import type { AnomalyKind, AnomalyTally } from '../../model/anomaly';
import { grouped } from '../../model/text';

/** UNKNOWN: nothing was found, and not everything could be judged. */
export const VERDICTS = ['OK', 'VIOLATED', 'UNKNOWN'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface AnomalyReport extends AnomalyTally {
  /** The share of the relevant in which it showed, 0 … 1; null when there was none. */
  readonly rate: number | null;
  readonly verdict: Verdict;
  /** Why it is UNKNOWN, in words; null for a verdict that is known. */
  readonly reason: string | null;
}

/** Judged by what the replicas hold at the end. */
const JUDGED_AT_THE_END: readonly AnomalyKind[] = ['LOST_WRITE', 'DIRTY_READ', 'DIVERGENCE', 'INVARIANT'];

/** @param truncatedRuns of the runs that the tally is of: those that ended before their world had settled */
export function anomalyReport(tally: AnomalyTally, truncatedRuns: number): AnomalyReport {
  const { count, affected, relevant } = tally;
  const rate = relevant === 0 ? null : affected / relevant;
  const reason = count > 0 ? null : reasonOf(tally, truncatedRuns);
  const verdict = count > 0 ? 'VIOLATED' : reason === null ? 'OK' : 'UNKNOWN';
  return { ...tally, rate, verdict, reason };
}

function reasonOf({ kind, relevant, unjudged }: AnomalyTally, truncatedRuns: number): string | null {
  if (truncatedRuns > 0 && relevant > 0 && JUDGED_AT_THE_END.includes(kind))
    return (
      `${grouped(truncatedRuns)} of the runs used up their budget of events and never settled, so what the replicas would ` +
      'have held is not known. Raise `eventBudget`, or give a shorter run.'
    );
  if (unjudged === 0) return null;
  return (
    `${grouped(unjudged)} of ${grouped(relevant)} could not be judged: what they would have been compared with was too ` +
    'long ago, or too much, to be remembered. Give a shorter run, or a slower one.'
  );
}
