import type { Reconciliation, RunOutline } from '../../model/observer';
import type { Operation } from '../../model/operation';
import { capitalised, nodeName, sessionName, time, versionName } from '../wording';

interface Met {
  readonly ids: readonly number[];
  /** What is remembered of them. */
  readonly operations: readonly Operation[];
  readonly atMs: number;
}

/** That two writes of a key did not know of each other. */
export function explainConflict(outline: RunOutline, { ids, operations, atMs }: Met): string {
  const writers = operations.map((write) => writeOf(outline, write));
  if (writers.length < ids.length)
    return `The writes ${ids.join(' and ')} of one key met at ${time(atMs)}, and neither knew of the other.`;
  return (
    `${capitalised(writers.join('; '))}. Neither knew of the other when it was accepted: they are concurrent, and ` +
    `met at ${time(atMs)}. Had one of them seen the other, there would be an order between them.`
  );
}

interface Dropping {
  readonly dropped: Operation | null;
  readonly winner: Operation | null;
}

/** Why it is wrong that an acknowledged write has no effect. */
export function explainDroppedUpdate(
  outline: RunOutline,
  { replica, key, atMs }: Reconciliation,
  { dropped, winner }: Dropping,
): string {
  const told =
    dropped === null
      ? `A write of ${outline.keyName(key)} was acknowledged. `
      : `${capitalised(writeOf(outline, dropped))}. `;
  const by =
    winner === null ? 'a concurrent write' : `the concurrent write of ${sessionName(outline, winner)}`;
  return (
    `${told}At ${time(atMs)} it met ${by} at ${outline.nodes[replica]}, and conflict resolution kept only that one. ` +
    `Whoever sent the first was told that it is done, and will never hear that it is not. Both should have had an ` +
    `effect, or the loser's client a word.`
  );
}

function writeOf(outline: RunOutline, write: Operation): string {
  const key = outline.keyName(write.key);
  if (write.outcome !== 'OK')
    return `${sessionName(outline, write)} sent a write of ${key} at ${time(write.invokedAtMs)}`;
  return (
    `${sessionName(outline, write)} wrote ${key}, acknowledged by ${nodeName(outline, write)} at ` +
    `${time(write.completedAtMs)} as ${versionName(write.version)}`
  );
}
