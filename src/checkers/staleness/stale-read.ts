import type { Operation } from '../../model/operation';
import { numberOf } from '../../model/version-number';
import { ReadChecker, type Contradiction } from '../read-checker';
import { copyRow, OPERATION_ROW_WIDTH, operationAt, ownerOf, remember, VERSION } from '../operation-rows';
import { answer, capitalised, correctAnswer, sessionName, time, versionName } from '../wording';

/**
 * STALE_READ: a read returns an older version than one acknowledged before the read was sent.
 *
 * What was acknowledged is noted per key, and taken down for a session's read when it is sent: constant work.
 * A session is sequential, so it has one read open at most. Times may tie: the order of events decides.
 */
export class StaleReadChecker extends ReadChecker {
  protected readonly kind = 'STALE_READ';
  /** Per key, the newest acknowledged write; the row is empty before the first. */
  private readonly newest = new Float64Array(OPERATION_ROW_WIDTH * this.outline.keys);
  /** Per session, what was the newest of the key when its open read was sent. */
  private readonly newestAtSend = new Float64Array(OPERATION_ROW_WIDTH * this.outline.sessions);

  /** What the read may see is settled when it is sent. */
  operationInvoked({ kind, session, key }: Operation): void {
    if (kind === 'READ')
      copyRow(this.newest, OPERATION_ROW_WIDTH * key, this.newestAtSend, OPERATION_ROW_WIDTH * session);
  }

  protected isContradicted({ session, version }: Operation): boolean {
    return numberOf(version) < this.newestAtSend[OPERATION_ROW_WIDTH * session + VERSION];
  }

  protected contradicting({ session }: Operation): Operation {
    return operationAt(this.newestAtSend, OPERATION_ROW_WIDTH * session, {
      kind: 'WRITE',
      keys: this.outline.keys,
    });
  }

  protected learn(operation: Operation): void {
    const { kind, key, version } = operation;
    if (kind !== 'WRITE') return;
    const offset = OPERATION_ROW_WIDTH * key;
    if (this.newest[offset + VERSION] < numberOf(version))
      remember(this.newest, offset, operation, ownerOf(operation, this.outline.keys));
  }

  protected explain({ earlier: write, read }: Contradiction): string {
    const { outline } = this;
    const reader = sessionName(outline, read);
    const writer = write.session === read.session ? 'the same session' : sessionName(outline, write);
    const when = `at ${time(write.completedAtMs)}, ${time(read.invokedAtMs - write.completedAtMs)}`;
    return (
      `${capitalised(reader)} sent a read of ${outline.keyName(read.key)} at ${time(read.invokedAtMs)} and ` +
      `at ${time(read.completedAtMs)} got ${answer(outline, read)}, although ${versionName(write.version)} ` +
      `had been acknowledged to ${writer} ${when} before the read began. ${correctAnswer(write.version)}`
    );
  }
}
