import { createCheckers, talliesOf } from '../../src/checkers/registry';
import { FanOutObserver } from '../../src/experiments/run/fan-out-observer';
import type { AnomalyKind, AnomalyTally } from '../../src/model/anomaly';
import { history, play, type History, type HistoryOptions } from './history-notation';

/** What the checker of an anomaly says of a history. */
export function judge(kind: AnomalyKind, told: string | History, options: HistoryOptions = {}): AnomalyTally {
  const [tally, ...others] = judgeAll(told, options).filter((found) => found.kind === kind);
  if (tally === undefined || others.length > 0) throw new Error(`not exactly one checker judges ${kind}`);
  return tally;
}

/** What all checkers say of a history. */
export function judgeAll(told: string | History, options: HistoryOptions = {}): readonly AnomalyTally[] {
  const played = typeof told === 'string' ? history(told, options) : told;
  const checkers = createCheckers({ ...played.outline, ...options }, {}, { batch: batchFor(played) });
  play(played, new FanOutObserver(checkers));
  return talliesOf(checkers);
}

const BATCHES = 8;

/** So that batches of all sizes are judged in the middle of histories, and a history always in the same ones. */
function batchFor({ text }: History): number {
  return 1 + (text.length % BATCHES);
}
