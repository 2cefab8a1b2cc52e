import { isOlder } from '../../../src/model/version';
import { endedBeforeSent, judged, shownIn, type Told, type ToldOperation, type Verdict } from './told';

type Pair = (earlier: ToldOperation, later: ToldOperation) => boolean;

/** A read, or a write, that is older than what an operation answered OK before it was sent has shown. */
export const CONTRADICTIONS = {
  STALE_READ: among('READ', ({ kind }) => kind === 'WRITE'),
  READ_YOUR_WRITES: among('READ', (earlier, read) => earlier.kind === 'WRITE' && sameSession(earlier, read)),
  MONOTONIC_READS: among('READ', (earlier, read) => earlier.kind === 'READ' && sameSession(earlier, read)),
  MONOTONIC_WRITES: among(
    'WRITE',
    (earlier, write) => earlier.kind === 'WRITE' && sameSession(earlier, write),
  ),
  WRITES_FOLLOW_READS: among(
    'WRITE',
    (earlier, write) => earlier.kind === 'READ' && sameSession(earlier, write),
  ),
  RESURRECTED_DELETE: (told: Told): Verdict => {
    if (told.outline.hasDeletes !== true) return shownIn([], 0);
    const seen = judged(told, 'READ').filter(({ value }) => value !== null);
    return contradicted(told, seen, ({ kind, effect }) => kind === 'WRITE' && effect === 'DELETE');
  },
} as const;

function among(kind: ToldOperation['kind'], contradicts: Pair): (told: Told) => Verdict {
  return (told) => contradicted(told, judged(told, kind), contradicts);
}

function contradicted(
  { operations }: Told,
  candidates: readonly ToldOperation[],
  contradicts: Pair,
): Verdict {
  const shown = candidates.filter((later) =>
    operations.some(
      (earlier) =>
        earlier.outcome === 'OK' &&
        earlier.key === later.key &&
        endedBeforeSent(earlier, later) &&
        isOlder(later.version, earlier.version) &&
        contradicts(earlier, later),
    ),
  );
  return shownIn(shown, candidates.length);
}

function sameSession(one: ToldOperation, other: ToldOperation): boolean {
  return one.session === other.session;
}
