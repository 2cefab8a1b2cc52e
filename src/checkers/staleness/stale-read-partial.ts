import type { AnomalyTally } from '../../model/anomaly';
import type { ObservedOperation } from '../../model/observer';
import type { Operation } from '../../model/operation';
import type { CheckedRun } from '../checked-run';
import type { Checker } from '../checker';
import { Frontiers, type Frontier } from '../memory/frontier';
import { copyOf } from '../memory/operation-rows';
import { isJudged, Tally } from '../tally';
import { explainStaleRead } from './stale-read';

/** STALE_READ where versions of a key may be concurrent: every newest acknowledged one is remembered. */
export class PartialStaleReadChecker implements Checker {
  private readonly reads: Tally;
  private readonly acknowledged = new Frontiers<Operation>();
  /** By the place of a read under way. */
  private readonly atSend: Frontier<Operation>[] = [];

  constructor(private readonly outline: CheckedRun) {
    this.reads = new Tally('STALE_READ', outline);
  }

  operationInvoked({ kind, place, key }: ObservedOperation): void {
    if (kind === 'READ') this.atSend[place] = this.acknowledged.at(key);
  }

  operationEnded(operation: ObservedOperation): void {
    if (operation.outcome !== 'OK') return;
    if (operation.kind === 'WRITE') this.acknowledged.add(operation.key, copyOf(operation));
    else if (isJudged(operation, this.outline)) this.judge(operation);
  }

  tallies(): readonly AnomalyTally[] {
    return [this.reads.tally()];
  }

  private judge(read: ObservedOperation): void {
    this.reads.judged();
    const frontier = this.atSend[read.place];
    const write = frontier.newerThan(read.version);
    if (write === null) {
      if (!frontier.isComplete) this.reads.forgotten();
    } else if (this.reads.showedIn(read)) this.reads.contradiction(explainStaleRead, write, read);
  }
}
