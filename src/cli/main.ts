import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { TRACE_EVENTS_MAX } from '../experiments/run/trace-run';
import { runDemo } from './demo/run-demo';
import { printHistory } from './history/print-history';
import { printTrace } from './trace/print-trace';

const program = new Command('replication-lab').description('Experiments with replicated databases.');

program
  .command('demo')
  .description('start a lab for a moment, let the leader of three regions crash, and show what clients saw')
  .action(async () => {
    process.exitCode = await runDemo();
  });

const EXPERIMENT_FILE =
  'the experiment in JSON, as submitExperiment takes it with its cluster inline; - reads it from standard input';

program
  .command('history')
  .description(
    'play one run of an experiment again and print its operations, each invoked and completed, as JSON lines',
  )
  .argument('[file]', EXPERIMENT_FILE, '-')
  .option('--repetition <number>', 'which run of the experiment', wholeNumber, 0)
  .action(async (file: string, options: { readonly repetition: number }) => {
    process.exitCode = await printHistory(file, options);
  });

interface TraceArguments {
  readonly repetition: number;
  readonly from: number;
  readonly to: number;
  readonly events: number;
}

program
  .command('trace')
  .description(
    'play one run of an experiment again and print everything that happened in a window, as JSON lines',
  )
  .argument('[file]', EXPERIMENT_FILE, '-')
  .requiredOption('--from <ms>', 'the first moment, in simulated milliseconds', milliseconds)
  .requiredOption('--to <ms>', 'the moment after the last', milliseconds)
  .option('--repetition <number>', 'which run of the experiment', wholeNumber, 0)
  .option('--events <number>', 'where the trace ends early', wholeNumber, TRACE_EVENTS_MAX)
  .action(async (file: string, { repetition, from: fromMs, to: toMs, events: eventsMax }: TraceArguments) => {
    if (!(fromMs < toMs)) program.error('error: --to must be after --from');
    process.exitCode = await printTrace(file, { repetition, fromMs, toMs, eventsMax });
  });

function milliseconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It is no number.');
  return value;
}

function wholeNumber(text: string): number {
  const value = milliseconds(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('It is no whole number.');
  return value;
}

program.parseAsync().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
