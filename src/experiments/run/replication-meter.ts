import type { RecoveryPoint } from '../../model/failover-measurements';
import type { LossListener } from '../../model/loss-listener';
import type {
  Failover,
  FaultEvent,
  FollowerRecovery,
  LeadershipEvent,
  Notice,
  ObservedOperation,
  PositionSample,
  RunOutline,
  WriteId,
} from '../../model/observer';
import type { ReplicationMeasurements } from '../../model/replication-measurements';
import { DualLeadersMeter } from './dual-leaders';
import { Failovers } from './failovers';
import type { Listener } from './fan-out-observer';
import { FollowerRecoveriesMeter } from './follower-recoveries';
import { NoticeCounts } from './notice-counts';
import { PositionsMeter } from './positions-meter';
import { ServedOperations } from './served-operations';

/** Measures what leaders and followers do. */
export class ReplicationMeter implements Listener, LossListener {
  private readonly failovers: Failovers;
  private readonly dualLeaders: DualLeadersMeter;
  private readonly notices = new NoticeCounts();
  private readonly positionsMeter: PositionsMeter;
  private readonly recoveries: FollowerRecoveriesMeter;
  private readonly served: ServedOperations;
  private lostWrites = 0;

  constructor(outline: RunOutline) {
    this.failovers = new Failovers(outline);
    this.dualLeaders = new DualLeadersMeter(outline);
    this.positionsMeter = new PositionsMeter(outline);
    this.recoveries = new FollowerRecoveriesMeter(outline);
    this.served = new ServedOperations(outline);
  }

  operationEnded(operation: ObservedOperation): void {
    this.served.operationEnded(operation);
    this.failovers.operationEnded(operation);
    this.dualLeaders.operationEnded(operation);
  }

  leadership(event: LeadershipEvent): void {
    this.failovers.leadership(event);
    this.dualLeaders.leadership(event);
  }

  failedOver(failover: Failover): void {
    this.failovers.failedOver(failover);
  }

  noticed(notice: Notice): void {
    this.notices.noticed(notice);
  }

  recovered(recovery: FollowerRecovery): void {
    this.recoveries.recovered(recovery);
  }

  positions(sample: PositionSample): void {
    this.positionsMeter.positions(sample);
  }

  fault(event: FaultEvent): void {
    this.failovers.fault(event);
    this.dualLeaders.fault(event);
    this.recoveries.fault(event);
  }

  settled(atMs: number): void {
    this.dualLeaders.settled(atMs);
  }

  lost(write: WriteId): void {
    this.lostWrites += 1;
    this.failovers.lost(write);
    this.dualLeaders.lost(write);
  }

  /** Once the run has settled, and all losses are told. */
  measured(): ReplicationMeasurements {
    return {
      failovers: this.failovers.measured(),
      recoveryPoint: this.recoveryPoint(),
      dualLeaders: this.dualLeaders.measured(),
      notices: this.notices.measured(),
      positions: this.positionsMeter.measured(),
      followerRecoveries: this.recoveries.measured(),
      servedOperations: this.served.measured(),
    };
  }

  private recoveryPoint(): RecoveryPoint {
    const { lostWrites } = this;
    return { lostWrites, runsWithLoss: lostWrites > 0 ? 1 : 0, lostWritesMax: lostWrites };
  }
}
