import type { RunOutline } from '../../model/observer';
import type { Operation } from '../../model/operation';
import { answer, capitalised, correctAnswer, nodeName, sessionName, time, versionName } from '../wording';

/** An effect that was read. */
export interface SeenEffect {
  readonly cause: Operation;
  readonly effect: Operation;
  /** The read that got the effect; null: it is the one that is judged. */
  readonly seen: Operation | null;
}

/** Why it is wrong that a session saw the effect and not the cause. */
export function explainConsistentPrefix(
  outline: RunOutline,
  { cause, effect, seen }: SeenEffect,
  read: Operation,
): string {
  const author = sessionName(outline, cause);
  const answerer = effect.session === cause.session ? 'the same session' : sessionName(outline, effect);
  const key = outline.keyName(cause.key);
  const story =
    `${capitalised(author)} wrote ${key}, acknowledged at ${time(cause.completedAtMs)} as ` +
    `${versionName(cause.version)}; ${answerer} answered it in ${outline.keyName(effect.key)}, sent at ` +
    `${time(effect.invokedAtMs)}. `;
  return story + (seen === null ? sameKey(outline, read) : otherKey(outline, { cause, seen, read }));
}

function otherKey(
  outline: RunOutline,
  { cause, seen, read }: { readonly cause: Operation; readonly seen: Operation; readonly read: Operation },
): string {
  return (
    `${capitalised(sessionName(outline, seen))} read that answer from ${nodeName(outline, seen)} at ` +
    `${time(seen.completedAtMs)}. It then sent a read of ${outline.keyName(cause.key)} at ` +
    `${time(read.invokedAtMs)} and at ${time(read.completedAtMs)} got ${answer(outline, read)}: it has seen the ` +
    `answer, but not what it answers. ${correctAnswer(cause.version)}`
  );
}

function sameKey(outline: RunOutline, read: Operation): string {
  return (
    `${capitalised(sessionName(outline, read))} read the key at ${time(read.completedAtMs)} and got the answer, as ` +
    `${versionName(read.version)}, from ${nodeName(outline, read)}: it stands before what it answers, so whoever ` +
    `reads it cannot have seen that. An answer must be newer than what it answers.`
  );
}
