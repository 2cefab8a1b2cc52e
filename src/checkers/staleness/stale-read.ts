import type { AnomalyTally } from '../../model/anomaly';
import type { ObservedOperation, RunOutline } from '../../model/observer';
import { numberOf } from '../../model/version-number';
import type { Checker } from '../checker';
import { copyRow, OPERATION_ROW_WIDTH, operationAt, ownerOf, remember, VERSION } from '../operation-rows';
import { isJudged, ReadTally, type Contradiction } from '../read-tally';
import { answer, capitalised, correctAnswer, sessionName, time, versionName } from '../wording';

/**
 * STALE_READ: a read returns an older version than one acknowledged before the read was sent.
 *
 * What was acknowledged is noted per key, and taken down for a read when it is sent: constant work. Times may tie: the order
 * of events decides. The warm-up's writes count.
 */
export class StaleReadChecker implements Checker {
  private readonly reads: ReadTally;
  /** Per key, the newest acknowledged write; the row is empty before the first. */
  private readonly newest: Float64Array;
  /** Per read under way, by its place, what was the newest of its key when it was sent. */
  private readonly newestAtSend: Float64Array;

  constructor(private readonly outline: RunOutline) {
    this.reads = new ReadTally('STALE_READ', outline, explain);
    this.newest = new Float64Array(OPERATION_ROW_WIDTH * outline.keys);
    this.newestAtSend = new Float64Array(OPERATION_ROW_WIDTH * outline.sessions);
  }

  /** What the read may see is settled when it is sent. */
  operationInvoked({ kind, place, key }: ObservedOperation): void {
    if (kind === 'READ')
      copyRow(this.newest, OPERATION_ROW_WIDTH * key, this.newestAtSend, OPERATION_ROW_WIDTH * place);
  }

  operationEnded(operation: ObservedOperation): void {
    if (operation.kind === 'WRITE') this.learn(operation);
    else if (isJudged(operation, this.outline)) this.judge(operation);
  }

  tallies(): readonly AnomalyTally[] {
    return [this.reads.tally()];
  }

  private judge(read: ObservedOperation): void {
    this.reads.judged();
    const row = OPERATION_ROW_WIDTH * read.place;
    if (numberOf(read.version) >= this.newestAtSend[row + VERSION]) return;
    if (!this.reads.contradicted(read)) return;
    const { keys } = this.outline;
    this.reads.witness({ earlier: operationAt(this.newestAtSend, row, { kind: 'WRITE', keys }), read });
  }

  private learn(write: ObservedOperation): void {
    if (write.outcome !== 'OK') return;
    const row = OPERATION_ROW_WIDTH * write.key;
    if (this.newest[row + VERSION] < numberOf(write.version))
      remember(this.newest, row, write, ownerOf(write, this.outline.keys));
  }
}

function explain(outline: RunOutline, { earlier: write, read }: Contradiction): string {
  const reader = sessionName(outline, read);
  const writer = write.session === read.session ? 'the same session' : sessionName(outline, write);
  const when = `at ${time(write.completedAtMs)}, ${time(read.invokedAtMs - write.completedAtMs)}`;
  return (
    `${capitalised(reader)} sent a read of ${outline.keyName(read.key)} at ${time(read.invokedAtMs)} and ` +
    `at ${time(read.completedAtMs)} got ${answer(outline, read)}, although ${versionName(write.version)} ` +
    `had been acknowledged to ${writer} ${when} before the read began. ${correctAnswer(write.version)}`
  );
}
