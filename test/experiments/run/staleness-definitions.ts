import type { Operation } from '../../../src/model/operation';
import { isOlder } from '../../../src/model/version';
import { relevantReads } from '../../checkers/definitions';

/** A read and how long after the newest acknowledged write of its key it was sent; times must not tie. */
export interface ReadAfterWrite {
  readonly afterMs: number;
  readonly missed: boolean;
}

/** The definition of t-visibility word by word: what the meter must equal. */
export function readsAfterWrites(
  operations: readonly Operation[],
  durationMs: number,
): readonly ReadAfterWrite[] {
  return relevantReads(operations, durationMs).flatMap((read) => {
    const newest = acknowledgedBefore(read, operations).reduce<Operation | null>(
      (best, write) => (best === null || isOlder(best.version, write.version) ? write : best),
      null,
    );
    if (newest === null) return [];
    const afterMs = read.invokedAtMs - newest.completedAtMs;
    return [{ afterMs, missed: isOlder(read.version, newest.version) }];
  });
}

/** The definition of k-staleness word by word: the k of every relevant read. */
export function versionsBehind(operations: readonly Operation[], durationMs: number): readonly number[] {
  return relevantReads(operations, durationMs).map(
    (read) =>
      acknowledgedBefore(read, operations).filter((write) => isOlder(read.version, write.version)).length,
  );
}

/** Writes of the key that were acknowledged before the read was sent, in the order of their acknowledgement. */
function acknowledgedBefore(read: Operation, operations: readonly Operation[]): readonly Operation[] {
  return operations
    .filter(
      ({ kind, outcome, key, version, completedAtMs }) =>
        kind === 'WRITE' &&
        outcome === 'OK' &&
        key === read.key &&
        version !== null &&
        completedAtMs < read.invokedAtMs,
    )
    .sort((one, other) => one.completedAtMs - other.completedAtMs);
}
