import { compareBy } from '../../model/canonical-order';
import { Histogram, nanosecondsOf } from '../../model/histogram';
import { Intervals } from '../../model/interval-columns';
import type { LatencyMeasurement, OperationSeries } from '../../model/measurements';
import { latencyKey, seriesKey } from '../../model/measurements-order';
import type { RunOutline } from '../../model/observer';
import { OperationColumns } from '../../model/operation-columns';
import { isMeasured, OPERATION_KINDS, OUTCOMES, type Operation, type Outcome } from '../../model/operation';
import { ClientPlaces } from './client-places';

/**
 * Operation latency by kind, datacenter and outcome, and how operations fared over time: from the arrival at the session,
 * so that waiting for a busy session counts (no coordinated omission), to the end. Of operations that arrived in
 * [0, durationMs).
 */
export class Latencies {
  private readonly places: ClientPlaces;
  private readonly intervals: Intervals;
  private readonly histograms: readonly Histogram[];
  private readonly columns: readonly OperationColumns[];

  constructor(private readonly outline: RunOutline) {
    this.intervals = new Intervals(outline);
    this.places = new ClientPlaces(outline);
    const groups = this.places.datacenters.length * OPERATION_KINDS.length;
    this.histograms = Array.from({ length: groups * OUTCOMES.length }, () => new Histogram());
    this.columns = Array.from({ length: groups }, () => new OperationColumns());
  }

  operationEnded(operation: Operation): void {
    if (!isMeasured(operation, this.outline)) return;
    const group = this.groupOf(operation);
    const ns = nanosecondsOf(operation.completedAtMs - operation.arrivedAtMs);
    this.histograms[group * OUTCOMES.length + indexOfOutcome(operation.outcome)].recordNs(ns);
    this.enter(this.columns[group], operation, ns);
  }

  /** Those that have any operation, in canonical order. */
  measured(): readonly LatencyMeasurement[] {
    return this.groups()
      .flatMap((group) => OUTCOMES.map((outcome) => ({ ...group, outcome })))
      .map((label, index) => ({ ...label, histogram: this.histograms[index].encode() }))
      .filter(({ histogram }) => histogram.count > 0)
      .sort(compareBy(latencyKey));
  }

  /** Likewise. */
  series(): readonly OperationSeries[] {
    return this.groups()
      .map((group, index) => ({ ...group, ...this.columns[index].encode() }))
      .filter(({ latency, failed, unknown }) => latency.count.length + failed.length + unknown.length > 0)
      .sort(compareBy(seriesKey));
  }

  private enter(
    columns: OperationColumns,
    { arrivedAtMs, completedAtMs, outcome }: Operation,
    ns: number,
  ): void {
    const interval = this.intervals.of(arrivedAtMs);
    if (outcome === 'FAILED') columns.failed.add(interval);
    else if (outcome === 'UNKNOWN') columns.unknown.add(interval);
    else {
      columns.latency.add(interval, ns);
      if (completedAtMs < this.outline.durationMs) columns.answers.add(this.intervals.of(completedAtMs));
    }
  }

  /** The labels of all groups, in the order of their indexes. */
  private groups(): readonly Pick<OperationSeries, 'kind' | 'datacenter'>[] {
    return this.places.datacenters.flatMap((datacenter) =>
      OPERATION_KINDS.map((kind) => ({ kind, datacenter })),
    );
  }

  private groupOf({ client, kind }: Operation): number {
    return this.places.of(client) * OPERATION_KINDS.length + (kind === 'READ' ? 0 : 1);
  }
}

function indexOfOutcome(outcome: Outcome): number {
  if (outcome === 'OK') return 0;
  return outcome === 'FAILED' ? 1 : 2;
}
