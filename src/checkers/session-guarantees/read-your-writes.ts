import type { Operation } from '../../model/operation';
import { isOlder } from '../../model/version';
import { ReadChecker, type Contradiction } from '../read-checker';
import { answer, capitalised, correctAnswer, sessionName, time, versionName } from '../wording';
import { KnownToSession } from './known-to-session';

/**
 * READ_YOUR_WRITES: a session reads a version older than its own earlier acknowledged write.
 *
 * A session is sequential, so whatever was acknowledged to it before the read ended was so before the read began.
 */
export class ReadYourWritesChecker extends ReadChecker {
  protected readonly kind = 'READ_YOUR_WRITES';
  private readonly written = new KnownToSession();

  operationInvoked(): void {}

  protected contradicts(read: Operation): Operation | null {
    const own = this.written.newest(read);
    return own !== null && isOlder(read.version, own.version) ? own : null;
  }

  protected learn(operation: Operation): void {
    if (operation.kind === 'WRITE') this.written.learn(operation);
  }

  protected explain({ earlier: write, read }: Contradiction): string {
    const { outline } = this;
    const key = outline.keyName(read.key);
    return (
      `${capitalised(sessionName(outline, read))} wrote ${key}, and ${versionName(write.version)} was ` +
      `acknowledged to it at ${time(write.completedAtMs)}. It sent a read of the same key at ` +
      `${time(read.invokedAtMs)} and at ${time(read.completedAtMs)} got ${answer(outline, read)}: ` +
      `it does not see its own write. ${correctAnswer(write.version)}`
    );
  }
}
