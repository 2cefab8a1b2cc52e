import { Histogram } from '../../model/histogram';
import type { RecoveryTime } from '../../model/measurements';
import { HARMFUL_FAULTS } from '../../model/fault-effects';
import type { FaultEvent, RunOutline } from '../../model/observer';
import type { Operation } from '../../model/operation';

/**
 * Recovery time: from each fault in [0, durationMs) to the first acknowledgement of a write after it, whoever sent that
 * write and whenever. So the crash of a follower that nobody waits for takes no longer than the next write.
 */
export class RecoveryTimes {
  private readonly histogram = new Histogram();
  /** When the faults came after which no write has been acknowledged yet. */
  private readonly pendingSinceMs: number[] = [];

  constructor(private readonly outline: RunOutline) {}

  fault({ kind, atMs }: FaultEvent): void {
    if (HARMFUL_FAULTS.includes(kind) && atMs >= 0 && atMs < this.outline.durationMs)
      this.pendingSinceMs.push(atMs);
  }

  operationEnded({ kind, outcome, completedAtMs }: Operation): void {
    if (this.pendingSinceMs.length === 0 || kind !== 'WRITE' || outcome !== 'OK') return;
    for (const sinceMs of this.pendingSinceMs) this.histogram.record(completedAtMs - sinceMs);
    this.pendingSinceMs.length = 0;
  }

  /** Once the run has settled. */
  measured(): RecoveryTime {
    return { histogram: this.histogram.encode(), unrecovered: this.pendingSinceMs.length };
  }
}
