import type { RunOutline } from '../../model/observer';
import type { Contradiction } from '../tally';
import { answer, capitalised, correctAnswer, sessionName, time, versionName } from '../wording';

/** Why it is wrong that a session reads an older version than that of its own earlier write. */
export function explainReadYourWrites(
  outline: RunOutline,
  { earlier: write, later: read }: Contradiction,
): string {
  const key = outline.keyName(read.key);
  return (
    `${capitalised(sessionName(outline, read))} wrote ${key}, and ${versionName(write.version)} was ` +
    `acknowledged to it at ${time(write.completedAtMs)}. It sent a read of the same key at ` +
    `${time(read.invokedAtMs)} and at ${time(read.completedAtMs)} got ${answer(outline, read)}: ` +
    `it does not see its own write. ${correctAnswer(write.version)}`
  );
}
