import { CHECKERS } from '../../src/checkers/registry';
import type { AnomalyKind, AnomalyTally } from '../../src/model/anomaly';
import { history, play, type History } from './history-notation';

/** What the checker of an anomaly says of a history. */
export function judge(kind: AnomalyKind, told: string | History): AnomalyTally {
  const played = typeof told === 'string' ? history(told) : told;
  const checker = CHECKERS[kind](played.outline);
  play(played, checker);
  return checker.tally();
}
