import { FAILOVER_PARTS, type FailoverTimes } from '../../model/failover-measurements';
import { RECOVERY_STEPS, type ReplicationMeasurements } from '../../model/replication-measurements';
import type { AbsenceReason, AbsentReason } from './absence-reason';

/** Why distributions of leaders and followers have no sample, and lists no entry. */
export function replicationReasons(measurements: ReplicationMeasurements): AbsentReason[] {
  return [
    ...failoverReasons(measurements),
    ...dualLeaderReasons(measurements),
    ...recoveryStepReasons(measurements),
    ...positionReasons(measurements),
  ];
}

function failoverReasons({ failovers: { count, times } }: ReplicationMeasurements): AbsentReason[] {
  if (count === 0) return [{ field: 'failoverTimes', reason: 'NO_FAILOVERS' }];
  return FAILOVER_PARTS.filter((part) => times[part].count === 0).map((part) => ({
    field: `failoverTimes.${part}`,
    reason: reasonWithout(part, times),
  }));
}

/** What no failover has: a fault, or a write after it. */
function reasonWithout(part: keyof FailoverTimes, { detection }: FailoverTimes): AbsenceReason {
  const lacksFault = part === 'detection' || (part === 'recovery' && detection.count === 0);
  return lacksFault ? 'NO_FAULTS' : 'NOT_RECOVERED';
}

function dualLeaderReasons({ dualLeaders: { durations } }: ReplicationMeasurements): AbsentReason[] {
  return durations.count > 0 ? [] : [{ field: 'dualLeaders.durations', reason: 'NO_DUAL_LEADERS' }];
}

function recoveryStepReasons({ followerRecoveries }: ReplicationMeasurements): AbsentReason[] {
  const { count, steps } = followerRecoveries;
  if (count === 0) return [{ field: 'followerRecoverySteps', reason: 'NO_FOLLOWER_RECOVERIES' }];
  return RECOVERY_STEPS.filter((step) => steps[step].count === 0).map((step) => ({
    field: `followerRecoverySteps.${step}`,
    reason: 'NO_FAULTS',
  }));
}

function positionReasons({ positions: { samples, replicas } }: ReplicationMeasurements): AbsentReason[] {
  const missing = [
    ...(replicas.length === 0 ? ['replicaPositions'] : []),
    ...(samples.length === 0 ? ['logBytesByNode'] : []),
  ];
  return missing.map((field) => ({ field, reason: 'NOT_TOLD_BY_PROTOCOL' }));
}
