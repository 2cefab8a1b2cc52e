import type { WriteId } from '../../../src/model/observer';
import { judged, shownIn, verdictOf, type Showing, type Told, type Verdict } from './told';

/** LOST_WRITE: acknowledged, given up by a node, and held by none at the end. */
export function lostWrite(told: Told): Verdict {
  const writes = judged(told, 'WRITE');
  const lost = writes.flatMap(({ id }): readonly Showing[] => {
    const last = told.discards.filter(({ operation }) => operation === id).at(-1);
    return last === undefined || isHeld(told, last) ? [] : [{ atMs: last.atMs, operation: id }];
  });
  return verdictOf(lost, writes.length);
}

/** DIRTY_READ: what was read failed, or was given up and is held by none at the end. */
export function dirtyRead(told: Told): Verdict {
  const reads = judged(told, 'READ').filter(({ writer }) => writer !== null);
  const dirty = reads.filter(({ writer }) => {
    const write = told.operations.find(({ id }) => id === writer);
    if (write?.outcome === 'FAILED') return true;
    const discard = told.discards.find(({ operation }) => operation === writer);
    return discard !== undefined && !isHeld(told, discard);
  });
  return shownIn(dirty, reads.length);
}

function isHeld({ states }: Told, write: WriteId): boolean {
  return states.some((state) => state.holds(write));
}
