import type { RunOutline } from '../../model/observer';
import { isMeasured, type Operation } from '../../model/operation';
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
    this.acknowledged = new AcknowledgedVersions(outline.keys, K_STALENESS_CAP);
    this.openReads = new OpenReads(outline.sessions);
  }

  operationInvoked({ kind, session, id }: Operation): void {
    if (kind === 'READ') this.openReads.send(session, id, this.moment);
  }

  operationEnded(operation: Operation): void {
    if (operation.kind === 'READ') this.readEnded(operation);
    else if (operation.outcome === 'OK') this.writeAcknowledged(operation);
  }

  measured(): KStaleness {
    return this.counts.encode();
  }

  private writeAcknowledged({ key, version }: Operation): void {
    if (version === null) return;
    const openSince = this.openReads.firstMoment(this.moment);
    this.moment += 1;
    this.acknowledged.add(key, numberOf(version), this.moment, openSince);
  }

  private readEnded(read: Operation): void {
    const { id, session, key, version, outcome } = read;
    if (outcome === 'OK' && isMeasured(read, this.outline)) {
      const moment = this.openReads.momentOf(session);
      this.counts.add(this.acknowledged.newerThan(numberOf(version), key, moment));
    }
    this.openReads.end(session, id);
  }
}
