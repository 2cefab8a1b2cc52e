import type { RunOutline } from '../../model/observer';
import type { Contradiction } from '../tally';
import { answer, capitalised, correctAnswer, sessionName, time } from '../wording';

/** Why it is wrong that a session reads an older version than it read before. */
export function explainMonotonicReads(outline: RunOutline, { earlier, later: read }: Contradiction): string {
  const key = outline.keyName(read.key);
  return (
    `${capitalised(sessionName(outline, read))} read ${key} and at ${time(earlier.completedAtMs)} got ` +
    `${answer(outline, earlier)}. It sent another read of the same key at ${time(read.invokedAtMs)} and at ` +
    `${time(read.completedAtMs)} got ${answer(outline, read)}: for this session time went backwards. ` +
    correctAnswer(earlier.version)
  );
}
