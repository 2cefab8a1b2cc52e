import { expect } from '@jest/globals';
import { ExperimentResult } from '../../../src/experiments/result/experiment-result';
import { startRun } from '../../../src/experiments/run/start-run';
import { resolveExperiment } from '../../../src/experiments/spec/resolve-experiment';
import type { AnomalyKind } from '../../../src/model/anomaly';
import { Problems } from '../../../src/model/problem';
import type { ExperimentSpec } from '../../../src/model/spec/experiment';
import { Fields } from '../../../src/model/spec/fields';
import { outlineOfRun } from '../../../src/protocols/create-simulation';
import { Accounts } from './accounts';
import { NODES, type Experiment, type Extent } from './experiments';

export interface Played {
  readonly accounts: Accounts;
  readonly result: ExperimentResult;
  readonly operations: number;
}

/** Plays one run of about that many operations, with books of its own beside the checkers. */
export async function play(
  experiment: Experiment,
  { seed, ...extent }: Extent & { readonly seed: number },
): Promise<Played> {
  const spec = await specOf(experiment.input(extent));
  const { keys, durationMs, shardOf = () => 0, initialWrites = 0 } = outlineOfRun(spec, 0);
  const accounts = new Accounts({ durationMs, keys, shardOf, initialWrites });
  const recorder = Object.assign(accounts, { showed: () => undefined });
  const run = startRun({ spec, seed: BigInt(seed), repetition: 0 }, recorder);
  while (!run.done) run.advance(Infinity);
  const result = new ExperimentResult(run.finish().measurements);
  return { accounts, result, operations: run.simulatedOperations };
}

/** What must be true of a run whatever happened in it. */
export function expectInvariants({ accounts, result }: Played, experiment: Experiment): void {
  const { acknowledged, kept, mistakes } = accounts;
  const lost = countOf(result, 'LOST_WRITE');
  expect(mistakes).toEqual([]);
  expect(accounts.positionsSeen).toBeGreaterThan(0);
  expect(lost + kept).toBe(acknowledged);
  if (experiment.losesNothing) expect(lost).toBe(0);
  const mayDiffer = experiment.needsOneVersion && accounts.isMixed(NODES);
  if (!mayDiffer) expect({ converged: result.converged, unapplied: result.unapplied }).toEqual(WHOLE);
}

const WHOLE = { converged: true, unapplied: 0 };

export function countOf({ anomalies }: ExperimentResult, kind: AnomalyKind): number {
  return anomalies.find((anomaly) => anomaly.kind === kind)?.count ?? 0;
}

async function specOf(input: object): Promise<ExperimentSpec> {
  const problems = Problems.none();
  const resolved = await resolveExperiment(new Fields(input, problems), {
    findMany: () => Promise.resolve([]),
  });
  if (resolved === null || problems.count > 0) throw new Error(JSON.stringify(problems.all, null, 2));
  return resolved.spec;
}
