import { invariant } from '../../model/invariant';
import type { Operation } from '../../model/operation';
import { numberOf } from '../../model/version-number';
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
  private readonly written = new KnownToSession(this.outline.keys, 'WRITE');

  protected isContradicted(read: Operation): boolean {
    return numberOf(read.version) < this.written.newestVersion(read);
  }

  protected contradicting(read: Operation): Operation {
    const earlier = this.written.newest(read);
    invariant(earlier !== null, 'a read is contradicted by what its session knows');
    return earlier;
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
