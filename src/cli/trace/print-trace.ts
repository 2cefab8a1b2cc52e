import { traceRun, type TraceInput } from '../../experiments/run/trace-run';
import { raiseInliningBudget } from '../../lab/inlining-budget';
import { experimentIn } from '../experiment-file';

export type TraceOptions = Pick<TraceInput, 'repetition' | 'fromMs' | 'toMs' | 'eventsMax'>;

/**
 * Prints a window of a run as JSON lines: first what the trace is of, then an event a line.
 *
 * @param file of an experiment in JSON, as `submitExperiment` takes it; `-` is the standard input
 * @returns the exit code of the process
 */
export async function printTrace(file: string, options: TraceOptions): Promise<number> {
  const experiment = await experimentIn(file);
  if (experiment === null) return 1;
  const { spec, seed } = experiment;
  raiseInliningBudget();
  const { events, ...heading } = traceRun({ spec, seed, ...options });
  console.log(JSON.stringify({ type: 'TRACE', seed: String(seed), ...options, ...heading }));
  for (const event of events) console.log(JSON.stringify(event));
  return 0;
}
