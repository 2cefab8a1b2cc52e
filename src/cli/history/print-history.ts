import { historyEvents } from '../../experiments/run/history/history-events';
import { recordRun } from '../../experiments/run/history/record-run';
import type { RunInput } from '../../experiments/run/start-run';
import { raiseInliningBudget } from '../../lab/inlining-budget';
import { experimentIn } from '../experiment-file';

/**
 * Prints the history of a run as JSON lines, the same as its download, and on the standard error how much of it was kept.
 *
 * @param file of an experiment in JSON, as `submitExperiment` takes it; `-` is the standard input
 * @returns the exit code of the process
 */
export async function printHistory(
  file: string,
  { repetition }: Pick<RunInput, 'repetition'>,
): Promise<number> {
  const experiment = await experimentIn(file);
  if (experiment === null) return 1;
  const { spec, seed } = experiment;
  raiseInliningBudget();
  const { description, bytes } = recordRun({ spec, seed, repetition });
  console.error(JSON.stringify(description));
  for (const event of historyEvents(bytes, spec)) console.log(JSON.stringify(event));
  return 0;
}
