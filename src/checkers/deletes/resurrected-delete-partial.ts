import type { AnomalyTally } from '../../model/anomaly';
import type { ObservedOperation } from '../../model/observer';
import type { Operation } from '../../model/operation';
import type { CheckedRun } from '../checked-run';
import type { Checker } from '../checker';
import { Frontiers, type Frontier } from '../memory/frontier';
import { copyOf } from '../memory/operation-rows';
import { isJudged, Tally } from '../tally';
import { explainResurrectedDelete } from './wording';

/** RESURRECTED_DELETE where versions of a key may be concurrent: every newest acknowledged delete is remembered. */
export class PartialResurrectedDeleteChecker implements Checker {
  private readonly reads: Tally;
  private readonly deletes = new Frontiers<Operation>();
  /** By the place of a read under way. */
  private readonly atSend: Frontier<Operation>[] = [];

  constructor(private readonly outline: CheckedRun) {
    this.reads = new Tally('RESURRECTED_DELETE', outline);
  }

  operationInvoked({ kind, place, key }: ObservedOperation): void {
    if (kind === 'READ') this.atSend[place] = this.deletes.at(key);
  }

  operationEnded(operation: ObservedOperation): void {
    if (operation.outcome !== 'OK') return;
    if (operation.kind === 'READ') this.onRead(operation);
    else if (operation.effect === 'DELETE') this.deletes.add(operation.key, copyOf(operation));
  }

  tallies(): readonly AnomalyTally[] {
    return [this.reads.tally()];
  }

  private onRead(read: ObservedOperation): void {
    if (read.value === null || !isJudged(read, this.outline)) return;
    this.reads.judged();
    const frontier = this.atSend[read.place];
    const removed = frontier.newerThan(read.version);
    if (removed !== null) {
      if (this.reads.showedIn(read)) this.reads.contradiction(explainResurrectedDelete, removed, read);
    } else if (!frontier.isComplete) this.reads.forgotten();
  }
}
