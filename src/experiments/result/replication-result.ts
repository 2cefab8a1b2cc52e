import {
  FAILOVER_PARTS,
  type FailoverMeasurement,
  type RecoveryPoint,
} from '../../model/failover-measurements';
import type { EncodedHistogram } from '../../model/histogram';
import type { OperationKind } from '../../model/operation';
import {
  RECOVERY_STEPS,
  type FollowerRecoveryMeasurement,
  type Notices,
  type ReplicationMeasurements,
} from '../../model/replication-measurements';
import { DurationDistribution } from './duration-distribution';
import {
  logBytesReport,
  positionsReport,
  type LogBytesReport,
  type ReplicaPositionsReport,
} from './positions-report';

export type FailoverTimesReport = Readonly<Record<(typeof FAILOVER_PARTS)[number], DurationDistribution>>;
export type RecoveryStepsReport = Readonly<Record<(typeof RECOVERY_STEPS)[number], DurationDistribution>>;

/** The time in which two nodes or more believed that they lead one shard. */
export interface DualLeadersReport {
  readonly durations: DurationDistribution;
  /** Of all runs together; 0 if there never were two. */
  readonly totalMs: number;
  readonly longestMs: number;
  readonly olderSideWrites: number;
  readonly olderSideLost: number;
}

export interface ServedReport {
  readonly node: string;
  readonly kind: OperationKind;
  readonly count: number;
  /** Of all operations of that kind that were answered OK, above 0, at most 1. */
  readonly share: number;
}

/** What the merged runs say of leaders and followers. */
export class ReplicationResult {
  constructor(private readonly measurements: ReplicationMeasurements) {}

  get failoverCount(): number {
    return this.measurements.failovers.count;
  }

  /** The first hundred. */
  get failovers(): readonly FailoverMeasurement[] {
    return this.measurements.failovers.first;
  }

  get failoverTimes(): FailoverTimesReport {
    return distributions(FAILOVER_PARTS, this.measurements.failovers.times);
  }

  get recoveryPoint(): RecoveryPoint {
    return this.measurements.recoveryPoint;
  }

  get dualLeaders(): DualLeadersReport {
    const { durations, olderSideWrites, olderSideLost } = this.measurements.dualLeaders;
    return {
      durations: DurationDistribution.of(durations),
      totalMs: Number(durations.sumNs) / NS_PER_MS,
      longestMs: (durations.maxNs ?? 0) / NS_PER_MS,
      olderSideWrites,
      olderSideLost,
    };
  }

  get notices(): Notices {
    return this.measurements.notices;
  }

  get followerRecoveryCount(): number {
    return this.measurements.followerRecoveries.count;
  }

  /** The first hundred. */
  get followerRecoveries(): readonly FollowerRecoveryMeasurement[] {
    return this.measurements.followerRecoveries.first;
  }

  get followerRecoverySteps(): RecoveryStepsReport {
    return distributions(RECOVERY_STEPS, this.measurements.followerRecoveries.steps);
  }

  /** By node and kind. */
  get servedOperations(): readonly ServedReport[] {
    const { servedOperations } = this.measurements;
    const total = (kind: OperationKind): number =>
      servedOperations.reduce((sum, served) => sum + (served.kind === kind ? served.count : 0), 0);
    const totals = { READ: total('READ'), WRITE: total('WRITE') };
    return servedOperations.map((served) => ({ ...served, share: served.count / totals[served.kind] }));
  }

  replicaPositions(durationMs: number): readonly ReplicaPositionsReport[] {
    return positionsReport(this.measurements.positions, durationMs);
  }

  logBytesByNode(durationMs: number): readonly LogBytesReport[] {
    return logBytesReport(this.measurements.positions, durationMs);
  }
}

const NS_PER_MS = 1_000_000;

function distributions<Name extends string>(
  names: readonly Name[],
  histograms: Readonly<Record<Name, EncodedHistogram>>,
): Readonly<Record<Name, DurationDistribution>> {
  const entries = names.map((name) => [name, DurationDistribution.of(histograms[name])] as const);
  return Object.fromEntries(entries) as Record<Name, DurationDistribution>;
}
