import type { RunOutline } from '../../model/observer';
import type { Contradiction } from '../tally';
import { answer, capitalised, sessionName, time, versionName } from '../wording';

/** Why it is wrong that a read returned a value that had been deleted. */
export function explainResurrectedDelete(
  outline: RunOutline,
  { earlier: removal, later: read }: Contradiction,
): string {
  const key = outline.keyName(read.key);
  return (
    `${capitalised(sessionName(outline, removal))} deleted ${key}, acknowledged at ` +
    `${time(removal.completedAtMs)} as ${versionName(removal.version)}. ` +
    `${capitalised(sessionName(outline, read))} sent a read of it at ${time(read.invokedAtMs)} and at ` +
    `${time(read.completedAtMs)} got a value again, ${answer(outline, read)}: that is older than the delete. ` +
    `Any correct answer is that the key holds nothing, or a value that was written later.`
  );
}
