import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface BenchOptions {
  /** Rows as JSON instead of a table. */
  readonly json: boolean;
  /** Names of rows; empty for all. */
  readonly only: readonly string[];
  readonly pairs: number;
  readonly scale: number;
}

/** Medians of fewer pairs say little on a machine that others use too. */
const PAIRS = 5;
const QUICK_PAIRS = 3;
const QUICK_SCALE = 0.2;

export const USAGE = [
  'npm run bench [-- options]',
  '',
  '  --only <row>   only that row; may be repeated',
  `  --pairs <n>    how often each is measured beside plain C (${PAIRS})`,
  `  --quick        a fifth of the operations and ${QUICK_PAIRS} pairs: a look, not a measurement`,
  '  --json         the rows as JSON',
].join('\n');

/** @throws with a sentence for whoever typed it */
export function readOptions(commandLine: readonly string[], rows: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...commandLine],
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      pairs: { type: 'string' },
    },
  });
  const unknown = values.only.filter((name) => !rows.includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no row ${unknown.join(', ')}; rows are ${rows.join(', ')}.`);
  const pairs = Number(values.pairs ?? (values.quick ? QUICK_PAIRS : PAIRS));
  if (!Number.isInteger(pairs) || pairs < 1) throw new Error('--pairs takes a whole number from 1.');
  return { json: values.json, only: values.only, pairs, scale: values.quick ? QUICK_SCALE : 1 };
}
