import { CHECKERS, talliesOf } from '../../src/checkers/registry';
import { FanOutObserver } from '../../src/experiments/run/fan-out-observer';
import type { AnomalyKind, AnomalyTally } from '../../src/model/anomaly';
import { history, play, type History } from './history-notation';

/** What the checker of an anomaly says of a history. */
export function judge(kind: AnomalyKind, told: string | History): AnomalyTally {
  const played = typeof told === 'string' ? history(told) : told;
  const checkers = CHECKERS.map((create) => create(played.outline));
  play(played, new FanOutObserver(checkers));
  const [tally, ...others] = talliesOf(checkers).filter((found) => found.kind === kind);
  if (tally === undefined || others.length > 0) throw new Error(`not exactly one checker judges ${kind}`);
  return tally;
}
