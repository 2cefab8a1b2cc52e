import type { AnomalyTally } from '../../model/anomaly';
import type { ObservedOperation, RunOutline } from '../../model/observer';
import { numberOf } from '../../model/version-number';
import type { CheckedRun } from '../checked-run';
import type { Checker } from '../checker';
import { AcknowledgedAtSend } from '../memory/acknowledged-at-send';
import type { OperationMemory } from '../memory/operation-memory';
import { isJudged, Tally, type Contradiction } from '../tally';
import { answer, capitalised, correctAnswer, sessionName, time, versionName } from '../wording';

/**
 * STALE_READ: a read returns an older version than one acknowledged before the read was sent.
 *
 * What was acknowledged is noted per key, and taken down for a read when it is sent: constant work. Times may tie: the order
 * of events decides. The warm-up's writes count.
 */
export class StaleReadChecker implements Checker {
  private readonly reads: Tally;
  private readonly acknowledged: AcknowledgedAtSend;

  constructor(
    private readonly outline: CheckedRun,
    memory: OperationMemory,
  ) {
    this.reads = new Tally('STALE_READ', outline);
    this.acknowledged = new AcknowledgedAtSend(outline, memory);
  }

  /** What the read may see is settled when it is sent. */
  operationInvoked(operation: ObservedOperation): void {
    if (operation.kind === 'READ') this.acknowledged.sent(operation);
  }

  operationEnded(operation: ObservedOperation): void {
    if (operation.outcome !== 'OK') return;
    if (operation.kind === 'WRITE') this.acknowledged.acknowledged(operation);
    else if (isJudged(operation, this.outline)) this.judge(operation);
  }

  tallies(): readonly AnomalyTally[] {
    return [this.reads.tally()];
  }

  private judge(read: ObservedOperation): void {
    this.reads.judged();
    if (numberOf(read.version) >= this.acknowledged.versionAtSend(read)) return;
    if (this.reads.showedIn(read))
      this.reads.contradiction(explainStaleRead, this.acknowledged.writeAtSend(read), read);
  }
}

/** Why it is wrong that a read returned an older version than was acknowledged before. */
export function explainStaleRead(
  outline: RunOutline,
  { earlier: write, later: read }: Contradiction,
): string {
  const reader = sessionName(outline, read);
  const writer = write.session === read.session ? 'the same session' : sessionName(outline, write);
  const agoMs = read.invokedAtMs - write.completedAtMs;
  const ago = agoMs === 0 ? 'just' : time(agoMs);
  return (
    `${capitalised(reader)} sent a read of ${outline.keyName(read.key)} at ${time(read.invokedAtMs)} and ` +
    `at ${time(read.completedAtMs)} got ${answer(outline, read)}, although ${versionName(write.version)} ` +
    `had been acknowledged to ${writer} at ${time(write.completedAtMs)}, ${ago} before the read began. ${correctAnswer(write.version)}`
  );
}
