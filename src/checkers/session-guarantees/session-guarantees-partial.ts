import type { AnomalyTally } from '../../model/anomaly';
import type { ObservedOperation, RunOutline } from '../../model/observer';
import type { Operation } from '../../model/operation';
import type { Checker } from '../checker';
import { Frontiers, type Frontier } from '../memory/frontier';
import { copyOf, pairOf } from '../memory/operation-rows';
import { isJudged } from '../tally';
import { SessionTallies, type Guarantee } from './session-tallies';

/** The session guarantees where versions of a key may be concurrent: every newest one of a session and key is remembered. */
export class PartialSessionGuaranteesChecker implements Checker {
  private readonly written = new Frontiers<Operation>();
  private readonly read = new Frontiers<Operation>();
  private readonly found: SessionTallies;

  constructor(private readonly outline: RunOutline) {
    this.found = new SessionTallies(outline);
  }

  operationEnded(operation: ObservedOperation): void {
    if (operation.outcome !== 'OK') return;
    if (operation.version === null && operation.kind === 'WRITE') return;
    if (isJudged(operation, this.outline)) this.judge(operation);
    if (operation.version === null) return;
    const pair = pairOf(operation, this.outline.keys);
    (operation.kind === 'READ' ? this.read : this.written).add(pair, copyOf(operation));
  }

  tallies(): readonly AnomalyTally[] {
    return this.found.tallies();
  }

  private judge(operation: ObservedOperation): void {
    const pair = pairOf(operation, this.outline.keys);
    const { afterWrite, afterRead } = operation.kind === 'READ' ? this.found.ofReads : this.found.ofWrites;
    hold(operation, this.written.at(pair), afterWrite);
    hold(operation, this.read.at(pair), afterRead);
  }
}

function hold(operation: ObservedOperation, known: Frontier<Operation>, { tally, explain }: Guarantee): void {
  tally.judged();
  const earlier = known.newerThan(operation.version);
  if (earlier !== null) {
    if (tally.showedIn(operation)) tally.contradiction(explain, earlier, operation);
  } else if (!known.isComplete) tally.forgotten();
}
