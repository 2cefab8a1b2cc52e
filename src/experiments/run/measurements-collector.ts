import type { AnomalyTally } from '../../model/anomaly';
import { Histogram } from '../../model/histogram';
import type { Measurements } from '../../model/measurements';
import type { Commit, FaultEvent, FinalState, Observer, RunOutline } from '../../model/observer';
import type { Operation } from '../../model/operation';
import { Convergence } from './convergence';
import { Lags } from './lags';
import { Latencies } from './latencies';
import { Outages } from './outages';
import { Timeline } from './timeline';

/** Measures one run while it goes on. Memory is bounded by the cluster and by what is under way, not by time. */
export class MeasurementsCollector implements Observer {
  private readonly latencies: Latencies;
  private readonly lags: Lags;
  private readonly outages: Outages;
  private readonly convergence: Convergence;
  private readonly timeline: Timeline;

  constructor(outline: RunOutline) {
    this.latencies = new Latencies(outline);
    this.lags = new Lags(outline);
    this.outages = new Outages(outline);
    this.convergence = new Convergence(outline.keys);
    this.timeline = new Timeline(outline);
  }

  operationInvoked(operation: Operation): void {
    this.lags.operationInvoked(operation);
    this.outages.operationInvoked(operation);
  }

  operationEnded(operation: Operation): void {
    this.latencies.operationEnded(operation);
    this.lags.operationEnded(operation);
    this.outages.operationEnded(operation);
  }

  committed(commit: Commit): void {
    this.lags.committed(commit);
    this.convergence.committed(commit.atMs);
  }

  applied(replica: number, operation: number, atMs: number): void {
    this.lags.applied(replica, operation, atMs);
    this.convergence.applied(atMs);
  }

  fault(event: FaultEvent): void {
    this.convergence.fault(event);
    this.timeline.fault(event);
  }

  clientsStopped(atMs: number): void {
    this.timeline.clientsStopped(atMs);
  }

  settled(atMs: number, states: readonly FinalState[]): void {
    this.lags.settled();
    this.convergence.settled(states);
    this.timeline.settled(atMs, this.convergence);
  }

  /** What the run measured, once it has settled; together with what others counted. */
  measurements(counted: {
    readonly anomalies: readonly AnomalyTally[];
    readonly cost: Measurements['cost'];
  }): Measurements {
    const outages = this.outages.longest();
    return {
      runs: 1,
      convergedRuns: this.convergence.converged ? 1 : 0,
      latencies: this.latencies.measured(),
      replicationLag: this.lags.replicationLag(),
      visibilityLag: this.lags.visibilityLag(),
      convergenceTime: this.convergenceTime().encode(),
      anomalies: counted.anomalies,
      outages,
      longestOutageMs: outages.reduce((longest, { fromMs, toMs }) => Math.max(longest, toMs - fromMs), 0),
      timeline: this.timeline.events,
      cost: counted.cost,
    };
  }

  private convergenceTime(): Histogram {
    const histogram = new Histogram();
    const { timeMs } = this.convergence;
    if (timeMs !== null) histogram.record(timeMs);
    return histogram;
  }
}
