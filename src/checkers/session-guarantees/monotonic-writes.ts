import type { RunOutline } from '../../model/observer';
import type { Contradiction } from '../tally';
import { capitalised, nodeName, sessionName, time, versionName } from '../wording';

/** Why it is wrong that a session's write is ordered before an earlier one of the same session. */
export function explainMonotonicWrites(outline: RunOutline, { earlier, later }: Contradiction): string {
  const key = outline.keyName(later.key);
  return (
    `${capitalised(sessionName(outline, later))} wrote ${key}, and ${versionName(earlier.version)} was ` +
    `acknowledged to it at ${time(earlier.completedAtMs)}. It sent another write of the same key at ` +
    `${time(later.invokedAtMs)}, which ${nodeName(outline, later)} acknowledged at ` +
    `${time(later.completedAtMs)} as ${versionName(later.version)}: that is older. For everybody its second ` +
    `write comes before its first, which hides it. A correct version is newer than ${versionName(earlier.version)}.`
  );
}
