import type { RecordedHistory } from '../../../model/history';
import { startRun, type RunInput } from '../start-run';
import { HistoryRecorder } from './history-recorder';

/** Plays a run once more for its history: the one that is kept of it, if one is. */
export function recordRun(input: RunInput): RecordedHistory {
  const recorder = new HistoryRecorder(input.spec.workload);
  const run = startRun(input, recorder);
  while (!run.done) run.advance(Infinity);
  return recorder.history();
}
