import { DelayCounts } from '../../model/delay-counts';
import { Histogram, nanosecondsOf } from '../../model/histogram';
import type { TVisibility } from '../../model/measurements';
import type { ObservedOperation, RunOutline } from '../../model/observer';
import { isMeasured, type Operation } from '../../model/operation';
import { numberOf } from '../../model/version-number';

/** A row: the number of the newest acknowledged version of a key (0 before the first), and when it was acknowledged. */
const ROW = 2;
const ACKNOWLEDGED_AT_MS = 1;

/**
 * t-visibility: of reads sent t after the acknowledgement of the newest write of their key, how many returned that write or
 * a newer one, or one that is concurrent to it (Bailis et al., Probabilistically Bounded Staleness, 2012).
 *
 * Which write is the newest is settled when the read is sent, as for STALE_READ; the warm-up's writes count. Of reads
 * answered OK that arrived in [0, durationMs).
 */
export class TVisibilityMeter {
  private readonly newest: Float64Array;
  /** Per read under way, by its place, what was the newest of its key when it was sent. */
  private readonly newestAtSend: Float64Array;
  private readonly reads = new Histogram();
  private readonly missed = new Histogram();
  private readonly delays = new DelayCounts();

  constructor(private readonly outline: RunOutline) {
    this.newest = new Float64Array(ROW * outline.keys);
    this.newestAtSend = new Float64Array(ROW * outline.sessions);
  }

  operationInvoked({ kind, place, key }: ObservedOperation): void {
    if (kind !== 'READ') return;
    const { newest, newestAtSend } = this;
    newestAtSend[ROW * place] = newest[ROW * key];
    newestAtSend[ROW * place + ACKNOWLEDGED_AT_MS] = newest[ROW * key + ACKNOWLEDGED_AT_MS];
  }

  operationEnded(operation: ObservedOperation): void {
    if (operation.outcome !== 'OK') return;
    if (operation.kind === 'WRITE') this.learn(operation);
    else if (isMeasured(operation, this.outline)) this.judge(operation);
  }

  measured(): TVisibility {
    return { reads: this.reads.encode(), missed: this.missed.encode(), delays: this.delays.encode() };
  }

  private learn({ key, version, completedAtMs }: Operation): void {
    const number = numberOf(version);
    if (this.newest[ROW * key] >= number) return;
    this.newest[ROW * key] = number;
    this.newest[ROW * key + ACKNOWLEDGED_AT_MS] = completedAtMs;
  }

  private judge({ place, version, invokedAtMs }: ObservedOperation): void {
    const newest = this.newestAtSend[ROW * place];
    if (newest === 0) return;
    const afterNs = nanosecondsOf(invokedAtMs - this.newestAtSend[ROW * place + ACKNOWLEDGED_AT_MS]);
    this.count(afterNs, numberOf(version) < newest ? 1 : 0);
  }

  private count(afterNs: number, missed: 0 | 1): void {
    if (this.outline.readsAtChosenDelays === true) {
      this.delays.add({ afterNs, reads: 1, missed });
      return;
    }
    this.reads.recordNs(afterNs);
    if (missed === 1) this.missed.recordNs(afterNs);
  }
}
