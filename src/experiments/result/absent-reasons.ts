import type { Measurements } from '../../model/measurements';
import type { AbsentReason } from './absence-reason';
import { replicationReasons } from './replication-reasons';
import { tVisibilityMs } from './t-visibility-curve';

/** One entry for each figure that a result lacks; none for what it has. */
export function absentReasonsOf(measurements: Measurements): readonly AbsentReason[] {
  if (measurements.runs === 0) return NOTHING_YET;
  return [
    ...operationReasons(measurements),
    ...lagReasons(measurements),
    ...convergenceReasons(measurements),
    ...anomalyReasons(measurements),
    ...stalenessReasons(measurements),
    ...recoveryReasons(measurements),
    ...costReasons(measurements),
    ...replicationReasons(measurements),
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
  'tVisibility',
  'kStaleness',
  'series',
  'recoveryTime',
  'cost.logBytes',
  'failoverTimes',
  'dualLeaders.durations',
  'followerRecoverySteps',
  'replicaPositions',
  'logBytesByNode',
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

/** The probabilities whose t the lab is asked for most, and so explains when it has none. */
const PROBABILITIES = [0.99, 0.999];

function stalenessReasons({ tVisibility, kStaleness }: Measurements): AbsentReason[] {
  const reasons: AbsentReason[] = kStaleness.length > 0 ? [] : [{ field: 'kStaleness', reason: 'NO_READS' }];
  if (tVisibility.reads.count === 0 && tVisibility.delays.length === 0)
    return [...reasons, { field: 'tVisibility', reason: 'NO_READS_AFTER_WRITES' }];
  for (const probability of PROBABILITIES) {
    const found = tVisibilityMs(tVisibility, probability);
    if (typeof found !== 'number')
      reasons.push({ field: `tVisibilityMs(probability: ${probability})`, reason: found });
  }
  return reasons;
}

function recoveryReasons({ recoveryTime }: Measurements): AbsentReason[] {
  if (recoveryTime.histogram.count > 0) return [];
  return [{ field: 'recoveryTime', reason: recoveryTime.unrecovered === 0 ? 'NO_FAULTS' : 'NOT_RECOVERED' }];
}

function costReasons({ cost }: Measurements): AbsentReason[] {
  return cost.logBytes === null ? [{ field: 'cost.logBytes', reason: 'NOT_TOLD_BY_PROTOCOL' }] : [];
}
