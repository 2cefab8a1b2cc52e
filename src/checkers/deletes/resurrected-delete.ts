import type { AnomalyTally } from '../../model/anomaly';
import type { ObservedOperation } from '../../model/observer';
import { numberOf } from '../../model/version-number';
import type { CheckedRun } from '../checked-run';
import type { Checker } from '../checker';
import { AcknowledgedAtSend } from '../memory/acknowledged-at-send';
import type { OperationMemory } from '../memory/operation-memory';
import { isJudged, Tally } from '../tally';
import { explainResurrectedDelete } from './wording';

/**
 * RESURRECTED_DELETE: a read returns a value older than a delete of its key that was acknowledged before the read was sent.
 *
 * For totally ordered versions; constant work.
 */
export class ResurrectedDeleteChecker implements Checker {
  private readonly reads: Tally;
  private readonly deletes: AcknowledgedAtSend;

  constructor(
    private readonly outline: CheckedRun,
    memory: OperationMemory,
  ) {
    this.reads = new Tally('RESURRECTED_DELETE', outline);
    this.deletes = new AcknowledgedAtSend(outline, memory);
  }

  operationInvoked(operation: ObservedOperation): void {
    if (operation.kind === 'READ') this.deletes.sent(operation);
  }

  operationEnded(operation: ObservedOperation): void {
    if (operation.outcome !== 'OK') return;
    if (operation.kind === 'READ') this.onRead(operation);
    else if (operation.effect === 'DELETE') this.deletes.acknowledged(operation);
  }

  tallies(): readonly AnomalyTally[] {
    return [this.reads.tally()];
  }

  private onRead(read: ObservedOperation): void {
    if (read.value === null || !isJudged(read, this.outline)) return;
    this.reads.judged();
    if (numberOf(read.version) >= this.deletes.versionAtSend(read)) return;
    if (this.reads.showedIn(read))
      this.reads.contradiction(explainResurrectedDelete, this.deletes.writeAtSend(read), read);
  }
}
