import type { AnomalyKind } from '../../src/model/anomaly';
import type { Operation } from '../../src/model/operation';
import { isOlder } from '../../src/model/version';

/** The definitions word by word, over all pairs: what the online checkers must equal. */
export const CONTRADICTS: Readonly<Record<AnomalyKind, (earlier: Operation, read: Operation) => boolean>> = {
  STALE_READ: (earlier, read) => earlier.kind === 'WRITE' && endedBefore(earlier, read),
  READ_YOUR_WRITES: (earlier, read) =>
    earlier.kind === 'WRITE' && earlier.session === read.session && endedBefore(earlier, read),
  MONOTONIC_READS: (earlier, read) =>
    earlier.kind === 'READ' && earlier.session === read.session && endedBefore(earlier, read),
};

/** The reads that show the anomaly; times must not tie. */
export function anomalousReads(
  kind: AnomalyKind,
  operations: readonly Operation[],
  durationMs: number,
): readonly Operation[] {
  return relevantReads(operations, durationMs).filter((read) =>
    operations.some(
      (earlier) =>
        earlier.outcome === 'OK' &&
        earlier.key === read.key &&
        isOlder(read.version, earlier.version) &&
        CONTRADICTS[kind](earlier, read),
    ),
  );
}

export function relevantReads(operations: readonly Operation[], durationMs: number): readonly Operation[] {
  return operations.filter(
    ({ kind, outcome, arrivedAtMs }) =>
      kind === 'READ' && outcome === 'OK' && arrivedAtMs >= 0 && arrivedAtMs < durationMs,
  );
}

function endedBefore(earlier: Operation, read: Operation): boolean {
  return earlier.completedAtMs < read.invokedAtMs;
}
