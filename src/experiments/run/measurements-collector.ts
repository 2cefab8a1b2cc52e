import type { AnomalyTally } from '../../model/anomaly';
import { Histogram } from '../../model/histogram';
import type { Cost, Measurements } from '../../model/measurements';
import type { Commit, FaultEvent, FinalState, ObservedOperation, RunOutline } from '../../model/observer';
import { Convergence } from './convergence';
import type { Listener } from './fan-out-observer';
import { Lags } from './lags';
import { Latencies } from './latencies';
import { KStalenessMeter } from './k-staleness-meter';
import { Outages } from './outages';
import { RecoveryTimes } from './recovery-times';
import { TVisibilityMeter } from './t-visibility-meter';
import { Timeline } from './timeline';

/** Measures one run while it goes on. Memory is bounded by the cluster and by what is under way, not by time. */
export class MeasurementsCollector implements Listener {
  private readonly latencies: Latencies;
  private readonly lags: Lags;
  private readonly outages: Outages;
  private readonly convergence: Convergence;
  private readonly timeline: Timeline;
  private readonly tVisibility: TVisibilityMeter;
  private readonly kStaleness: KStalenessMeter;
  private readonly recoveryTimes: RecoveryTimes;
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
  }

  committed(commit: Commit): void {
    this.lags.committed(commit);
    this.convergence.committed(commit.atMs);
  }

  applied(replica: number, operation: number, atMs: number): void {
    this.lags.applied(replica, operation, atMs);
    this.convergence.applied(atMs);
  }

  reconciled(): void {
    this.reconciliations += 1;
  }

  fault(event: FaultEvent): void {
    this.convergence.fault(event);
    this.timeline.fault(event);
    this.recoveryTimes.fault(event);
  }

  clientsStopped(atMs: number): void {
    this.timeline.clientsStopped(atMs);
  }

  settled(atMs: number, states: readonly FinalState[]): void {
    this.lags.settled();
    this.convergence.settled(states);
    this.timeline.settled(atMs, this.convergence);
    for (const { logBytes } of states)
      if (logBytes !== undefined) this.logBytes = (this.logBytes ?? 0) + logBytes;
  }

  /** What the run measured, once it has settled; together with what others counted. */
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
    };
  }

  private convergenceTime(): Histogram {
    const histogram = new Histogram();
    const { timeMs } = this.convergence;
    if (timeMs !== null) histogram.record(timeMs);
    return histogram;
  }
}
