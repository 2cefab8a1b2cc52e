import fs from 'node:fs';
import type { ResolvedExperiment } from '../experiments/spec/resolve-experiment';
import { readExperiment } from './read-experiment';

const STANDARD_INPUT = '-';
const STANDARD_INPUT_DESCRIPTOR = 0;

/**
 * Reads the experiment of a JSON file. Null: it was refused, and the problems were printed.
 *
 * @param file `-` is the standard input
 */
export async function experimentIn(file: string): Promise<ResolvedExperiment | null> {
  const text = fs.readFileSync(file === STANDARD_INPUT ? STANDARD_INPUT_DESCRIPTOR : file, 'utf8');
  const input: unknown = JSON.parse(text);
  const read = await readExperiment(typeof input === 'object' && input !== null ? input : {});
  if (read.kind === 'READ') return read.experiment;
  for (const { path, message } of read.problems) console.error(`${path.join('.')}: ${message}`);
  return null;
}
