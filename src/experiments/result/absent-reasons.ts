import type { Measurements } from '../../model/measurements';

/** Why a result lacks a figure. */
export const ABSENCE_REASONS = [
  'NO_RUN_FINISHED',
  'NO_OPERATIONS',
  'NO_RELEVANT_OPERATIONS',
  'NO_REPLICATED_WRITES',
  'NO_ACKNOWLEDGED_WRITES',
  'NOTHING_APPLIED',
  'NO_RUN_CONVERGED',
] as const;
export type AbsenceReason = (typeof ABSENCE_REASONS)[number];

export interface AbsentReason {
  /** The field of the result that is null or has no sample, such as `anomalies.STALE_READ.rate`. */
  readonly field: string;
  readonly reason: AbsenceReason;
}

/** One entry for each figure that a result lacks; none for what it has. */
export function absentReasonsOf(measurements: Measurements): readonly AbsentReason[] {
  if (measurements.runs === 0) return NOTHING_YET;
  return [
    ...operationReasons(measurements),
    ...lagReasons(measurements),
    ...convergenceReasons(measurements),
    ...anomalyReasons(measurements),
  ];
}

const NOTHING_YET: readonly AbsentReason[] = [
  'converged',
  'availability.okShare',
  'availability.longestOutageMs',
  'operationLatency',
  'replicationLag',
  'visibilityLag',
  'convergenceTime',
].map((field) => ({ field, reason: 'NO_RUN_FINISHED' }));

function operationReasons({ latencies }: Measurements): AbsentReason[] {
  if (latencies.length > 0) return [];
  return ['availability.okShare', 'operationLatency'].map((field) => ({ field, reason: 'NO_OPERATIONS' }));
}

function lagReasons({ replicationLag, visibilityLag }: Measurements): AbsentReason[] {
  const reasons: AbsentReason[] = [];
  if (replicationLag.length === 0) reasons.push({ field: 'replicationLag', reason: 'NO_REPLICATED_WRITES' });
  else if (replicationLag.every(({ histogram }) => histogram.count === 0))
    reasons.push({ field: 'replicationLag', reason: 'NOTHING_APPLIED' });
  if (visibilityLag.histogram.count === 0)
    reasons.push({
      field: 'visibilityLag',
      reason: visibilityLag.unapplied === 0 ? 'NO_ACKNOWLEDGED_WRITES' : 'NOTHING_APPLIED',
    });
  const silent = replicationLag.filter(({ histogram }) => histogram.count === 0);
  return reasons.concat(
    silent.map(({ replica }) => ({ field: `replicationLagByReplica.${replica}`, reason: 'NOTHING_APPLIED' })),
  );
}

function convergenceReasons({ convergedRuns }: Measurements): AbsentReason[] {
  return convergedRuns > 0 ? [] : [{ field: 'convergenceTime', reason: 'NO_RUN_CONVERGED' }];
}

function anomalyReasons({ anomalies }: Measurements): AbsentReason[] {
  return anomalies
    .filter(({ relevant }) => relevant === 0)
    .map(({ kind }) => ({ field: `anomalies.${kind}.rate`, reason: 'NO_RELEVANT_OPERATIONS' }));
}
