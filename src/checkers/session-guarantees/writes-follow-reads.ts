import type { RunOutline } from '../../model/observer';
import type { Contradiction } from '../tally';
import { answer, capitalised, nodeName, sessionName, time, versionName } from '../wording';

/** Why it is wrong that a session's write is ordered before what the session had read. */
export function explainWritesFollowReads(
  outline: RunOutline,
  { earlier: read, later: write }: Contradiction,
): string {
  const key = outline.keyName(write.key);
  return (
    `${capitalised(sessionName(outline, write))} read ${key} and at ${time(read.completedAtMs)} got ` +
    `${answer(outline, read)}. Knowing that, it sent a write of the same key at ${time(write.invokedAtMs)}, ` +
    `which ${nodeName(outline, write)} acknowledged at ${time(write.completedAtMs)} as ` +
    `${versionName(write.version)}: that is older than what it answers. A correct version is newer than ` +
    `${versionName(read.version)}.`
  );
}
