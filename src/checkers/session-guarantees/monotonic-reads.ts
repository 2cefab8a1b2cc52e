import { invariant } from '../../model/invariant';
import type { Operation } from '../../model/operation';
import { numberOf } from '../../model/version-number';
import { ReadChecker, type Contradiction } from '../read-checker';
import { answer, capitalised, correctAnswer, sessionName, time } from '../wording';
import { KnownToSession } from './known-to-session';

/** MONOTONIC_READS: a session reads an older version than it read before. */
export class MonotonicReadsChecker extends ReadChecker {
  protected readonly kind = 'MONOTONIC_READS';
  private readonly seen = new KnownToSession(this.outline.keys, 'READ');

  protected isContradicted(read: Operation): boolean {
    return numberOf(read.version) < this.seen.newestVersion(read);
  }

  protected contradicting(read: Operation): Operation {
    const earlier = this.seen.newest(read);
    invariant(earlier !== null, 'a read is contradicted by what its session knows');
    return earlier;
  }

  protected learn(operation: Operation): void {
    if (operation.kind === 'READ') this.seen.learn(operation);
  }

  protected explain({ earlier, read }: Contradiction): string {
    const { outline } = this;
    const key = outline.keyName(read.key);
    return (
      `${capitalised(sessionName(outline, read))} read ${key} and at ${time(earlier.completedAtMs)} got ` +
      `${answer(outline, earlier)}. It sent another read of the same key at ${time(read.invokedAtMs)} and at ` +
      `${time(read.completedAtMs)} got ${answer(outline, read)}: for this session time went backwards. ` +
      correctAnswer(earlier.version)
    );
  }
}
