import type { Discard, RunOutline } from '../../model/observer';
import type { Operation } from '../../model/operation';
import { answer, capitalised, nodeName, sessionName, time, versionName } from '../wording';

/** Why it is wrong that nobody has an acknowledged write any more. */
export function explainLostWrite(outline: RunOutline, discard: Discard, write: Operation | null): string {
  return (
    `${acknowledgement(outline, discard, write)} At ${time(discard.atMs)} ${outline.nodes[discard.node]} gave it up, and when the world had settled no ` +
    `node had it, in its log or applied: its client was told that it is done, and it is lost. A write must be ` +
    `on a replica that survives before it is acknowledged.`
  );
}

function acknowledgement(outline: RunOutline, discard: Discard, write: Operation | null): string {
  const key = outline.keyName(discard.key);
  const version = versionName(discard.version);
  if (discard.operation < 0)
    return `Before the run, a write of ${key} had been acknowledged as ${version}: the leader had it in its log.`;
  if (write === null) return `A write of ${key} had been acknowledged as ${version}.`;
  return (
    `${capitalised(sessionName(outline, write))} wrote ${key}, and at ${time(write.completedAtMs)} ` +
    `${nodeName(outline, write)} acknowledged it as ${versionName(write.version)}.`
  );
}

export interface DirtyRead {
  readonly write: Operation | null;
  readonly read: Operation;
  /** Null: the write failed. */
  readonly discard: Discard | null;
}

/** Why it is wrong that a read returned a write that came to nothing. */
export function explainDirtyRead(outline: RunOutline, { write, read, discard }: DirtyRead): string {
  return (
    `${capitalised(sessionName(outline, read))} sent a read of ${outline.keyName(read.key)} at ` +
    `${time(read.invokedAtMs)} and at ${time(read.completedAtMs)} got ${answer(outline, read)}: a write ` +
    `${authorOf(outline, write, discard)}. ${fateOf(outline, write, discard)} A read must return ` +
    `only what lasts.`
  );
}

function authorOf(outline: RunOutline, write: Operation | null, discard: Discard | null): string {
  if (discard !== null && discard.operation < 0) return 'from before the run';
  if (write === null) return 'that is not remembered';
  return `of ${sessionName(outline, write)}, sent at ${time(write.invokedAtMs)}`;
}

function fateOf(outline: RunOutline, write: Operation | null, discard: Discard | null): string {
  if (discard === null)
    return write === null ? 'That write failed.' : `That write failed at ${time(write.completedAtMs)}.`;
  return (
    `At ${time(discard.atMs)} ${outline.nodes[discard.node]} gave that write up, and when the world had settled no ` +
    `node had it.`
  );
}
