/** Why a result lacks a figure. */
export const ABSENCE_REASONS = [
  'NO_RUN_FINISHED',
  'NO_OPERATIONS',
  'NO_RELEVANT_OPERATIONS',
  'NO_REPLICATED_WRITES',
  'NO_ACKNOWLEDGED_WRITES',
  'NOTHING_APPLIED',
  'NO_RUN_CONVERGED',
  'NO_READS',
  'NO_READS_AFTER_WRITES',
  'BEFORE_FIRST_DELAY',
  'BEYOND_LAST_DELAY',
  'NO_FAULTS',
  'NOT_RECOVERED',
  'NO_FAILOVERS',
  'NO_DUAL_LEADERS',
  'NO_FOLLOWER_RECOVERIES',
  'NOT_TOLD_BY_PROTOCOL',
] as const;
export type AbsenceReason = (typeof ABSENCE_REASONS)[number];

export interface AbsentReason {
  /** The field of the result that is null or has no sample, such as `anomalies.STALE_READ.rate`. */
  readonly field: string;
  readonly reason: AbsenceReason;
}
