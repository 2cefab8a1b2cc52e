import type { AnomalyTally } from '../../model/anomaly';
import { Histogram } from '../../model/histogram';
import type { LossListener } from '../../model/loss-listener';
import type { Cost, Measurements } from '../../model/measurements';
import type {
  Commit,
  CopiedState,
  Discard,
  Failover,
  FaultEvent,
  FinalState,
  FollowerRecovery,
  LeadershipEvent,
  Notice,
  ObservedOperation,
  PositionSample,
  RunOutline,
  WriteId,
} from '../../model/observer';
import { Convergence } from './convergence';
import type { Listener } from './fan-out-observer';
import { Lags } from './lags';
import { Latencies } from './latencies';
import { KStalenessMeter } from './k-staleness-meter';
import { Outages } from './outages';
import { RecoveryTimes } from './recovery-times';
import { ReplicationMeter } from './replication-meter';
import { TVisibilityMeter } from './t-visibility-meter';
import { Timeline } from './timeline';

/** Measures one run while it goes on. Memory is bounded by the cluster and by what is under way, not by time. */
export class MeasurementsCollector implements Listener, LossListener {
  private readonly latencies: Latencies;
  private readonly lags: Lags;
  private readonly outages: Outages;
  private readonly convergence: Convergence;
  private readonly timeline: Timeline;
  private readonly tVisibility: TVisibilityMeter;
  private readonly kStaleness: KStalenessMeter;
  private readonly recoveryTimes: RecoveryTimes;
  private readonly replication: ReplicationMeter;
  private logBytes: number | null = null;
  private reconciliations = 0;

  constructor(outline: RunOutline) {
    this.latencies = new Latencies(outline);
    this.lags = new Lags(outline);
    this.outages = new Outages(outline);
    this.convergence = new Convergence(outline.keys);
    this.timeline = new Timeline(outline);
    this.tVisibility = new TVisibilityMeter(outline);
    this.kStaleness = new KStalenessMeter(outline);
    this.recoveryTimes = new RecoveryTimes(outline);
    this.replication = new ReplicationMeter(outline);
  }

  operationInvoked(operation: ObservedOperation): void {
    this.lags.operationInvoked(operation);
    this.outages.operationInvoked(operation);
    this.tVisibility.operationInvoked(operation);
    this.kStaleness.operationInvoked(operation);
  }

  operationEnded(operation: ObservedOperation): void {
    this.latencies.operationEnded(operation);
    this.lags.operationEnded(operation);
    this.outages.operationEnded(operation);
    this.tVisibility.operationEnded(operation);
    this.kStaleness.operationEnded(operation);
    this.recoveryTimes.operationEnded(operation);
    this.replication.operationEnded(operation);
  }

  committed(commit: Commit): void {
    this.lags.committed(commit);
    this.convergence.committed(commit.atMs);
  }

  applied(replica: number, operation: number, atMs: number): void {
    this.lags.applied(replica, operation, atMs);
    this.convergence.changed(atMs);
  }

  copied(state: CopiedState): void {
    this.lags.copied(state);
    this.convergence.changed(state.atMs);
  }

  discarded(discard: Discard): void {
    this.lags.discarded(discard);
    this.convergence.changed(discard.atMs);
  }

  leadership(event: LeadershipEvent): void {
    this.replication.leadership(event);
  }

  failedOver(failover: Failover): void {
    this.replication.failedOver(failover);
  }

  noticed(notice: Notice): void {
    this.timeline.noticed(notice);
    this.replication.noticed(notice);
  }

  recovered(recovery: FollowerRecovery): void {
    this.replication.recovered(recovery);
  }

  positions(sample: PositionSample): void {
    this.replication.positions(sample);
  }

  reconciled(): void {
    this.reconciliations += 1;
  }

  fault(event: FaultEvent): void {
    this.convergence.fault(event);
    this.timeline.fault(event);
    this.recoveryTimes.fault(event);
    this.replication.fault(event);
  }

  clientsStopped(atMs: number): void {
    this.timeline.clientsStopped(atMs);
  }

  settled(atMs: number, states: readonly FinalState[]): void {
    this.lags.settled();
    this.convergence.settled(states);
    this.timeline.settled(atMs, this.convergence);
    this.replication.settled(atMs);
    for (const { logBytes } of states)
      if (logBytes !== undefined) this.logBytes = (this.logBytes ?? 0) + logBytes;
  }

  lost(write: WriteId): void {
    this.replication.lost(write);
  }

  /** What the run measured, once it has settled and all losses are told; together with what others counted. */
  measurements(counted: {
    readonly anomalies: readonly AnomalyTally[];
    readonly cost: Omit<Cost, 'logBytes'>;
  }): Omit<Measurements, 'truncatedRuns'> {
    const outages = this.outages.longest();
    return {
      runs: 1,
      convergedRuns: this.convergence.converged ? 1 : 0,
      latencies: this.latencies.measured(),
      replicationLag: this.lags.replicationLag(),
      visibilityLag: this.lags.visibilityLag(),
      convergenceTime: this.convergenceTime().encode(),
      anomalies: counted.anomalies,
      reconciliations: this.reconciliations,
      outages,
      longestOutageMs: outages.reduce((longest, { fromMs, toMs }) => Math.max(longest, toMs - fromMs), 0),
      timeline: this.timeline.events,
      cost: { ...counted.cost, logBytes: this.logBytes },
      tVisibility: this.tVisibility.measured(),
      kStaleness: this.kStaleness.measured(),
      series: { operations: this.latencies.series(), replicationLag: this.lags.series() },
      recoveryTime: this.recoveryTimes.measured(),
      ...this.replication.measured(),
    };
  }

  private convergenceTime(): Histogram {
    const histogram = new Histogram();
    const { timeMs } = this.convergence;
    if (timeMs !== null) histogram.record(timeMs);
    return histogram;
  }
}
