import type { HistoryDescription, HistoryEvent } from '../model/history';
import type { RunRef } from '../model/ids';
import { isTerminal } from '../model/status';
import type { RunRecord } from './ports/records';
import type { ExperimentStore } from './ports/stores';
import { HISTORIES_KEPT, isHistoryKept } from './run/history/histories-kept';
import { historyEvents } from './run/history/history-events';

/** Why there is nothing to read, in words for people. */
export type MissingHistory =
  | { readonly kind: 'NOT_KEPT'; readonly reason: string }
  | { readonly kind: 'NOT_FINISHED'; readonly reason: string };

/** What is kept of the operations of a run. */
export type HistoryState =
  { readonly kind: 'KEPT'; readonly description: HistoryDescription } | MissingHistory;

/** The same with the operations: each event is made when it is asked for, once. */
export type HistoryExport =
  | {
      readonly kind: 'KEPT';
      readonly description: HistoryDescription;
      readonly events: Iterable<HistoryEvent>;
    }
  | MissingHistory;

export async function historyState(experiments: ExperimentStore, run: RunRecord): Promise<HistoryState> {
  const description = mayBeKept(run) ? await experiments.historyDescription(run) : null;
  return description === null ? missing(run) : { kind: 'KEPT', description };
}

/** Null: there is no such run. */
export async function exportHistory(
  experiments: ExperimentStore,
  ref: RunRef,
): Promise<HistoryExport | null> {
  const run = await experiments.findRun(ref);
  if (run === null) return null;
  const history = mayBeKept(run) ? await experiments.history(run) : null;
  if (history === null) return missing(run);
  const { description, bytes, spec } = history;
  return { kind: 'KEPT', description, events: historyEvents(bytes, spec) };
}

function mayBeKept(run: RunRecord): boolean {
  return run.status === 'SUCCEEDED' && isHistoryKept(run);
}

function missing(run: RunRecord): MissingHistory {
  if (!isTerminal(run.status)) return { kind: 'NOT_FINISHED', reason: NOT_FINISHED };
  return { kind: 'NOT_KEPT', reason: reasonAgainst(run) };
}

const NOT_FINISHED =
  'The run has not ended: its history can be read when the runs that it is simulated with have.';

function reasonAgainst(run: RunRecord): string {
  if (run.status !== 'SUCCEEDED') return 'The run did not succeed, so it has no history.';
  if (isHistoryKept(run)) return 'The run is from before histories were kept.';
  return (
    `Histories are kept of the first ${HISTORIES_KEPT} repetitions of a point. ` +
    'This run can be played again, as it depends on nothing but the spec, the seed and the repetition: ' +
    `npm run --silent history -- experiment.json --repetition ${run.repetition}`
  );
}
