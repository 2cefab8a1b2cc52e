import { isOlder } from '../../../src/model/version';
import { endedBeforeSent, judged, shownIn, type Told, type ToldOperation, type Verdict } from './told';

/** CONSISTENT_PREFIX: a session has seen an effect, and reads its cause's key as it was before the cause. */
export function consistentPrefix(told: Told): Verdict {
  if (told.outline.hasCauses !== true) return shownIn([], 0);
  const reads = judged(told, 'READ');
  return shownIn(
    reads.filter((read) => sawTheEffectBefore(told, read) || isAnEffectOlderThanItsCause(told, read)),
    reads.length,
  );
}

function sawTheEffectBefore(told: Told, read: ToldOperation): boolean {
  return told.operations.some((seen) => {
    if (seen.kind !== 'READ' || seen.outcome !== 'OK' || seen.session !== read.session) return false;
    return endedBeforeSent(seen, read) && isBeforeTheCause(told, read, seen);
  });
}

function isAnEffectOlderThanItsCause(told: Told, read: ToldOperation): boolean {
  const effect = written(told, read.writer);
  return effect?.key === read.key && isBeforeTheCause(told, read, read);
}

/** Whether the cause of what was seen is a write of the read's key that the read does not show. */
function isBeforeTheCause(told: Told, read: ToldOperation, seen: ToldOperation): boolean {
  const cause = written(told, written(told, seen.writer)?.cause ?? null);
  if (cause === null || cause.outcome !== 'OK' || cause.key !== read.key) return false;
  return cause.endedAt < seen.endedAt && isOlder(read.version, cause.version);
}

function written({ operations }: Told, id: number | null): ToldOperation | null {
  return operations.find((operation) => operation.id === id && operation.kind === 'WRITE') ?? null;
}
