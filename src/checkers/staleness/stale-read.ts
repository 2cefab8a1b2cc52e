import type { Operation } from '../../model/operation';
import { isOlder } from '../../model/version';
import { ReadChecker, type Contradiction } from '../read-checker';
import { copyOf } from '../remembered-operation';
import { answer, capitalised, correctAnswer, sessionName, time, versionName } from '../wording';

/**
 * STALE_READ: a read returns an older version than one acknowledged before the read was sent.
 *
 * What was acknowledged is noted per key, and taken down for a session's read when it is sent: constant work.
 * A session is sequential, so it has one read open at most. Times may tie: the order of events decides.
 */
export class StaleReadChecker extends ReadChecker {
  protected readonly kind = 'STALE_READ';
  /** Per key, the newest acknowledged write. Copies: a read that is open may still refer to a former one. */
  private readonly newest = new Array<Operation | null>(this.outline.keys).fill(null);
  /** Per session, what was the newest of the key when its open read was sent. */
  private readonly newestAtSend: (Operation | null)[] = [];

  operationInvoked(operation: Operation): void {
    if (operation.kind === 'READ') this.newestAtSend[operation.session] = this.newest[operation.key];
  }

  protected contradicts(read: Operation): Operation | null {
    const acknowledged = this.newestAtSend[read.session] ?? null;
    return acknowledged !== null && isOlder(read.version, acknowledged.version) ? acknowledged : null;
  }

  protected learn(operation: Operation): void {
    if (operation.kind !== 'WRITE') return;
    const known = this.newest[operation.key];
    if (known === null || isOlder(known.version, operation.version))
      this.newest[operation.key] = copyOf(operation);
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
