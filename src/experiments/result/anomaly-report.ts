import type { AnomalyTally } from '../../model/anomaly';

export interface AnomalyReport extends AnomalyTally {
  /** Count per relevant operation, 0 … 1; null when there was none. */
  readonly rate: number | null;
}

export function anomalyReport(tally: AnomalyTally): AnomalyReport {
  const { count, relevant } = tally;
  return { ...tally, rate: relevant === 0 ? null : count / relevant };
}
