import { NEVER_SENT, type ObservedOperation, type RunOutline } from '../../model/observer';
import { isMeasured } from '../../model/operation';
import { K_STALENESS_CAP, StalenessCounts, type KStaleness } from '../../model/staleness-counts';
import { numberOf } from '../../model/version-number';
import { AcknowledgedVersions } from './acknowledged-versions';
import { OpenReads } from './open-reads';

/**
 * k-staleness: how many writes of its key, acknowledged before a read was sent, are newer than the version it returned.
 *
 * Exact up to `K_STALENESS_CAP`. The warm-up's writes count; of reads answered OK that arrived in [0, durationMs). Times
 * may tie: the order of events decides.
 */
export class KStalenessMeter {
  private readonly acknowledged: AcknowledgedVersions;
  private readonly openReads: OpenReads;
  private readonly counts = new StalenessCounts();
  /** Acknowledgements so far: the moments of this meter. */
  private moment = 0;

  constructor(private readonly outline: RunOutline) {
    this.openReads = new OpenReads(outline.sessions);
    this.acknowledged = new AcknowledgedVersions(outline.keys, {
      cap: K_STALENESS_CAP,
      openSince: () => this.openReads.firstMoment(this.moment),
    });
  }

  operationInvoked({ kind, place }: ObservedOperation): void {
    if (kind === 'READ') this.openReads.send(place, this.moment);
  }

  operationEnded(operation: ObservedOperation): void {
    if (operation.kind === 'READ') this.readEnded(operation);
    else if (operation.outcome === 'OK') this.writeAcknowledged(operation);
  }

  measured(): KStaleness {
    return this.counts.encode();
  }

  private writeAcknowledged({ key, version }: ObservedOperation): void {
    if (version === null) return;
    this.moment += 1;
    this.acknowledged.add(key, numberOf(version), this.moment);
  }

  private readEnded(read: ObservedOperation): void {
    const { place, key, version, outcome } = read;
    if (place === NEVER_SENT) return;
    if (outcome === 'OK' && isMeasured(read, this.outline)) {
      const moment = this.openReads.momentOf(place);
      this.counts.add(this.acknowledged.newerThan(numberOf(version), key, moment));
    }
    this.openReads.end(place);
  }
}
