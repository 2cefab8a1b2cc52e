import { compareBy } from '../../model/canonical-order';
import { Histogram } from '../../model/histogram';
import type { LatencyMeasurement } from '../../model/measurements';
import { latencyKey } from '../../model/merge-measurements';
import type { RunOutline } from '../../model/observer';
import { isMeasured, OPERATION_KINDS, OUTCOMES, type Operation, type Outcome } from '../../model/operation';
import { ClientPlaces } from './client-places';

/**
 * Operation latency by kind, datacenter and outcome: from the arrival at the session, so that waiting for a busy
 * session counts (no coordinated omission), to the end. Of operations that arrived in [0, durationMs).
 */
export class Latencies {
  private readonly places: ClientPlaces;
  private readonly histograms: readonly Histogram[];

  constructor(private readonly outline: RunOutline) {
    this.places = new ClientPlaces(outline);
    const count = this.places.datacenters.length * OPERATION_KINDS.length * OUTCOMES.length;
    this.histograms = Array.from({ length: count }, () => new Histogram());
  }

  operationEnded(operation: Operation): void {
    if (!isMeasured(operation, this.outline)) return;
    this.histograms[this.indexOf(operation)].record(operation.completedAtMs - operation.arrivedAtMs);
  }

  /** Those that have any operation, in canonical order. */
  measured(): readonly LatencyMeasurement[] {
    const all = this.places.datacenters.flatMap((datacenter) =>
      OPERATION_KINDS.flatMap((kind) => OUTCOMES.map((outcome) => ({ kind, datacenter, outcome }))),
    );
    return all
      .map((label, index) => ({ ...label, histogram: this.histograms[index].encode() }))
      .filter(({ histogram }) => histogram.count > 0)
      .sort(compareBy(latencyKey));
  }

  /** The place of a label in the order in which `measured` lists them all. */
  private indexOf({ client, kind, outcome }: Operation): number {
    const label = this.places.of(client) * OPERATION_KINDS.length + (kind === 'READ' ? 0 : 1);
    return label * OUTCOMES.length + indexOfOutcome(outcome);
  }
}

function indexOfOutcome(outcome: Outcome): number {
  if (outcome === 'OK') return 0;
  return outcome === 'FAILED' ? 1 : 2;
}
