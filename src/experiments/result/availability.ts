import type { Measurements, Outage } from '../../model/measurements';
import type { OperationCounts } from './operation-counts';

export interface Availability {
  /** Share of operations answered OK, 0 … 1; null when there was no operation. */
  readonly okShare: number | null;
  /** 0 when there was no outage, null before the first run. */
  readonly longestOutageMs: number | null;
  /** When a datacenter's clients got no OK answer though they asked; the longest hundred. */
  readonly outages: readonly Outage[];
}

export function availabilityOf(
  { ok, total }: Pick<OperationCounts, 'ok' | 'total'>,
  { runs, longestOutageMs, outages }: Pick<Measurements, 'runs' | 'longestOutageMs' | 'outages'>,
): Availability {
  return {
    okShare: total === 0 ? null : ok / total,
    longestOutageMs: runs === 0 ? null : longestOutageMs,
    outages,
  };
}
