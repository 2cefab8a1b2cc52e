import { compareBy } from '../../model/canonical-order';
import { servedKey } from '../../model/measurements-order';
import type { RunOutline } from '../../model/observer';
import { isMeasured, OPERATION_KINDS, type Operation } from '../../model/operation';
import type { ServedCount } from '../../model/replication-measurements';

/** Which node answered how many operations OK, of those that arrived in [0, durationMs): what a read policy asks of the leader. */
export class ServedOperations {
  /** By node and kind. */
  private readonly counts: Float64Array;

  constructor(private readonly outline: RunOutline) {
    this.counts = new Float64Array(OPERATION_KINDS.length * outline.nodes.length);
  }

  operationEnded(operation: Operation): void {
    const { node, kind, outcome } = operation;
    if (outcome !== 'OK' || node === null || !isMeasured(operation, this.outline)) return;
    this.counts[OPERATION_KINDS.length * node + (kind === 'READ' ? 0 : 1)] += 1;
  }

  measured(): readonly ServedCount[] {
    const counts = this.outline.nodes.flatMap((node, index) =>
      OPERATION_KINDS.map((kind, place) => {
        return { node, kind, count: this.counts[OPERATION_KINDS.length * index + place] };
      }),
    );
    return counts.filter(({ count }) => count > 0).sort(compareBy(servedKey));
  }
}
