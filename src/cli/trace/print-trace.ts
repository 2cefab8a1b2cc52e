import fs from 'node:fs';
import { traceRun, type TraceInput } from '../../experiments/run/trace-run';
import { raiseInliningBudget } from '../../lab/inlining-budget';
import { readExperiment } from './read-experiment';

export type TraceOptions = Pick<TraceInput, 'repetition' | 'fromMs' | 'toMs' | 'eventsMax'>;

const STANDARD_INPUT = '-';
const STANDARD_INPUT_DESCRIPTOR = 0;

/**
 * Prints a window of a run as JSON lines: first what the trace is of, then an event a line.
 *
 * @param file of an experiment in JSON, as `submitExperiment` takes it; `-` is the standard input
 * @returns the exit code of the process
 */
export async function printTrace(file: string, options: TraceOptions): Promise<number> {
  const text = fs.readFileSync(file === STANDARD_INPUT ? STANDARD_INPUT_DESCRIPTOR : file, 'utf8');
  const input: unknown = JSON.parse(text);
  const read = await readExperiment(typeof input === 'object' && input !== null ? input : {});
  if (read.kind === 'REFUSED') {
    for (const { path, message } of read.problems) console.error(`${path.join('.')}: ${message}`);
    return 1;
  }
  const { spec, seed } = read.experiment;
  raiseInliningBudget();
  const { events, ...heading } = traceRun({ spec, seed, ...options });
  console.log(JSON.stringify({ type: 'TRACE', seed: String(seed), ...options, ...heading }));
  for (const event of events) console.log(JSON.stringify(event));
  return 0;
}
