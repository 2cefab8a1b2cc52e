import { expect } from '@jest/globals';
import { warningsOf } from '../../src/experiments/spec/warnings';
import type { Warning } from '../../src/model/problem';
import { experimentInput, pairInput, resolveExperimentInput, workloadInput } from './submissions';

const BUSY = workloadInput({
  durationMs: 100_000,
  clients: [{ datacenter: 'seoul', ratePerSecond: 100 }],
});

/** The warnings of a right experiment: seoul-1 leads tokyo-1 and tokyo-2, and many samples. Fields given replace its own. */
export async function warned(changes: object): Promise<readonly Warning[]> {
  const input = experimentInput({ cluster: pairInput(), workload: BUSY, ...changes });
  const { resolved, problems } = await resolveExperimentInput(input);
  expect(problems).toEqual([]);
  return resolved === null ? [] : warningsOf(resolved);
}

export async function warningCodes(changes: object): Promise<readonly string[]> {
  return (await warned(changes)).map(({ code }) => code);
}
