import { Histogram, type EncodedHistogram } from '../../model/histogram';
import type { LatencyMeasurement, Measurements, TimelineEvent } from '../../model/measurements';
import type { OperationKind, Outcome } from '../../model/operation';
import type { AbsentReason } from './absence-reason';
import { absentReasonsOf } from './absent-reasons';
import { anomalyReport, type AnomalyReport } from './anomaly-report';
import { availabilityOf, type Availability } from './availability';
import { DurationDistribution } from './duration-distribution';
import { kStalenessReport, type KStalenessEntry } from './k-staleness-report';
import { countOperations, type OperationCounts } from './operation-counts';
import { ReplicationResult } from './replication-result';
import { seriesReport, type SeriesInterval } from './series-report';
import { tVisibilityCurve, tVisibilityMs, type TVisibilityPoint } from './t-visibility-curve';

/** Which operations are meant; what is left out restricts nothing. A null datacenter is that of a plain cluster. */
export interface OperationFilter {
  readonly kind?: OperationKind;
  readonly datacenter?: string | null;
}

export interface LatencyFilter extends OperationFilter {
  /** OK unless given. */
  readonly outcome?: Outcome;
}

export interface ReplicaLagReport {
  readonly replica: string;
  readonly lag: DurationDistribution;
  /** Writes committed elsewhere and not applied here by the end of settle. */
  readonly unapplied: number;
}

/**
 * What the merged runs of one configuration say, in the words of `docs/semantics.md` §3.
 *
 * Whatever is null, or a distribution without samples, has its reason in `absentReasons`.
 */
export class ExperimentResult {
  constructor(private readonly measurements: Measurements) {}

  /** Runs that this result holds: all of them only when the experiment has ended. */
  get runs(): number {
    return this.measurements.runs;
  }

  /** Whether the replicas held the same after settle in every run; null before the first. */
  get converged(): boolean | null {
    const { runs, convergedRuns } = this.measurements;
    return runs === 0 ? null : convergedRuns === runs;
  }

  get convergedRuns(): number {
    return this.measurements.convergedRuns;
  }

  /** Runs that ended because their budget of events was used up. */
  get truncatedRuns(): number {
    return this.measurements.truncatedRuns;
  }

  /** Of the runs that converged. */
  get convergenceTime(): DurationDistribution {
    return DurationDistribution.of(this.measurements.convergenceTime);
  }

  /** Of all replicas together. */
  get replicationLag(): DurationDistribution {
    return merged(this.measurements.replicationLag);
  }

  /** Writes that some replica had not applied by the end of settle, once per replica. */
  get unapplied(): number {
    return this.measurements.replicationLag.reduce((sum, { unapplied }) => sum + unapplied, 0);
  }

  /** By the replica's name; only replicas that had any write of another node to apply. */
  get replicationLagByReplica(): readonly ReplicaLagReport[] {
    return this.measurements.replicationLag.map(({ replica, histogram, unapplied }) => ({
      replica,
      lag: DurationDistribution.of(histogram),
      unapplied,
    }));
  }

  get visibilityLag(): DurationDistribution {
    return DurationDistribution.of(this.measurements.visibilityLag.histogram);
  }

  get anomalies(): readonly AnomalyReport[] {
    const { anomalies, truncatedRuns } = this.measurements;
    return anomalies.map((tally) => anomalyReport(tally, truncatedRuns));
  }

  /** Meetings of two concurrent writes of a key, at every replica where they met. */
  get reconciliations(): number {
    return this.measurements.reconciliations;
  }

  get availability(): Availability {
    return availabilityOf(this.measurements);
  }

  get timeline(): readonly TimelineEvent[] {
    return this.measurements.timeline;
  }

  get cost(): Measurements['cost'] {
    return this.measurements.cost;
  }

  /** How many acknowledged versions reads were behind. */
  get kStaleness(): readonly KStalenessEntry[] {
    return kStalenessReport(this.measurements.kStaleness);
  }

  /** From each fault to the first acknowledged write after it. */
  get recoveryTime(): DurationDistribution {
    return DurationDistribution.of(this.measurements.recoveryTime.histogram);
  }

  /** Faults after which no write was acknowledged. */
  get unrecovered(): number {
    return this.measurements.recoveryTime.unrecovered;
  }

  /** What leaders and followers did. */
  get replication(): ReplicationResult {
    return new ReplicationResult(this.measurements);
  }

  get absentReasons(): readonly AbsentReason[] {
    return absentReasonsOf(this.measurements);
  }

  operations(filter: OperationFilter = {}): OperationCounts {
    const chosen = this.measurements.latencies.filter((latency) => matches(latency, filter));
    return countOperations(chosen);
  }

  /** The probability of reading the newest acknowledged write, by the time since; see `tVisibilityCurve`. */
  tVisibility(atMost: number): readonly TVisibilityPoint[] {
    return tVisibilityCurve(this.measurements.tVisibility, atMost);
  }

  /** The time after which it is that probable, see `tVisibilityMs`; null outside of what was measured. */
  tVisibilityMs(probability: number): number | null {
    const found = tVisibilityMs(this.measurements.tVisibility, probability);
    return typeof found === 'number' ? found : null;
  }

  /** The course of the measured duration; empty before the first run has ended. */
  series(durationMs: number, filter: OperationFilter = {}): readonly SeriesInterval[] {
    const { runs, series } = this.measurements;
    if (runs === 0) return [];
    const operations = series.operations.filter((entry) => matches(entry, filter));
    return seriesReport({ ...series, operations }, { durationMs, runs });
  }

  /** From the arrival at the session to the end of the operation. */
  operationLatency(filter: LatencyFilter): DurationDistribution {
    const outcome = filter.outcome ?? 'OK';
    const chosen = this.measurements.latencies.filter((latency) => matches(latency, filter));
    return merged(chosen.filter((latency) => latency.outcome === outcome));
  }
}

function matches(
  latency: Pick<LatencyMeasurement, 'kind' | 'datacenter'>,
  { kind, datacenter }: OperationFilter,
): boolean {
  if (kind !== undefined && latency.kind !== kind) return false;
  return datacenter === undefined || latency.datacenter === datacenter;
}

function merged(parts: readonly { readonly histogram: EncodedHistogram }[]): DurationDistribution {
  const whole = new Histogram();
  for (const { histogram } of parts) whole.addEncoded(histogram);
  return new DurationDistribution(whole);
}
