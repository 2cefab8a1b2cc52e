import { EMPTY_HISTOGRAM, type EncodedHistogram } from '../../model/histogram';
import type { LatencyMeasurement, Measurements, TimelineEvent } from '../../model/measurements';
import { mergeHistograms } from '../../model/merge-histograms';
import type { OperationKind, Outcome } from '../../model/operation';
import { absentReasonsOf, type AbsentReason } from './absent-reasons';
import { anomalyReport, type AnomalyReport } from './anomaly-report';
import { availabilityOf, type Availability } from './availability';
import { DurationDistribution } from './duration-distribution';
import type { OperationCounts } from './operation-counts';

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
    return new DurationDistribution(this.measurements.convergenceTime);
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
      lag: new DurationDistribution(histogram),
      unapplied,
    }));
  }

  get visibilityLag(): DurationDistribution {
    return new DurationDistribution(this.measurements.visibilityLag.histogram);
  }

  get anomalies(): readonly AnomalyReport[] {
    return this.measurements.anomalies.map(anomalyReport);
  }

  get availability(): Availability {
    return availabilityOf(this.operations(), this.measurements);
  }

  get timeline(): readonly TimelineEvent[] {
    return this.measurements.timeline;
  }

  get cost(): Measurements['cost'] {
    return this.measurements.cost;
  }

  get absentReasons(): readonly AbsentReason[] {
    return absentReasonsOf(this.measurements);
  }

  operations(filter: OperationFilter = {}): OperationCounts {
    const chosen = this.measurements.latencies.filter((latency) => matches(latency, filter));
    const ok = countOf(chosen, 'OK');
    const failed = countOf(chosen, 'FAILED');
    const unknown = countOf(chosen, 'UNKNOWN');
    return { total: ok + failed + unknown, ok, failed, unknown };
  }

  /** From the arrival at the session to the end of the operation. */
  operationLatency(filter: LatencyFilter): DurationDistribution {
    const outcome = filter.outcome ?? 'OK';
    const chosen = this.measurements.latencies.filter((latency) => matches(latency, filter));
    return merged(chosen.filter((latency) => latency.outcome === outcome));
  }
}

function matches(latency: LatencyMeasurement, { kind, datacenter }: OperationFilter): boolean {
  if (kind !== undefined && latency.kind !== kind) return false;
  return datacenter === undefined || latency.datacenter === datacenter;
}

function countOf(latencies: readonly LatencyMeasurement[], outcome: Outcome): number {
  return latencies.reduce(
    (sum, latency) => sum + (latency.outcome === outcome ? latency.histogram.count : 0),
    0,
  );
}

function merged(parts: readonly { readonly histogram: EncodedHistogram }[]): DurationDistribution {
  const whole = parts.map(({ histogram }) => histogram).reduce(mergeHistograms, EMPTY_HISTOGRAM);
  return new DurationDistribution(whole);
}
