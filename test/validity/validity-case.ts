import { startRun } from '../../src/experiments/run/start-run';
import { ExperimentResult } from '../../src/experiments/result/experiment-result';
import { resolveExperiment } from '../../src/experiments/spec/resolve-experiment';
import { Problems } from '../../src/model/problem';
import { Fields } from '../../src/model/spec/fields';

/** A number with what chance may have made of it. */
export interface Estimate {
  readonly mean: number;
  /** Standard error of the mean, from the spread of the repetitions. */
  readonly error: number;
}

/** Whatever a case may select of an `ExperimentResult` of the API: counts are decimal strings. */
export interface DoorResult {
  readonly runCount: number;
  readonly operationLatency: { readonly mean: number; readonly count: string };
  readonly anomalies: readonly { readonly kind: string; readonly count: string }[];
  readonly recoveryPoint: { readonly lostWrites: string };
  readonly failovers: readonly { readonly lostWrites: string }[];
}

/** Something that is known of the simulated world from elsewhere, and how to see it in the result of an experiment. */
export interface ValidityCase {
  readonly name: string;
  /** Where the expected value comes from: a formula, or a publication and its place. */
  readonly source: string;
  readonly unit: 'ms' | 'share' | 'operations';
  readonly expected: number;
  /** The standard error must be below this share of the expected value, or the test would show nothing. */
  readonly errorShareMax: number;
  /** As a user submits it, without a seed. */
  readonly experiment: Readonly<Record<string, unknown>> & { readonly repetitions: number };
  readonly measure: (result: ExperimentResult) => number;
  /** The same figure of the merged runs, as the GraphQL API gives it. */
  readonly door: {
    /** What is selected of the result. */
    readonly selection: string;
    readonly read: (result: DoorResult) => number;
  };
}

export interface Finding extends Estimate {
  /** |simulated − expected| in standard errors. */
  readonly errors: number;
}

/** Seeds are fixed: a case that fails once fails always. */
const SEED = '1';

/** Plays every repetition of a case through the door of a user's experiment. */
export async function find(validityCase: ValidityCase): Promise<Finding> {
  const { expected, experiment, measure } = validityCase;
  const problems = Problems.none();
  const resolved = await resolveExperiment(new Fields({ seed: SEED, ...experiment }, problems), NO_CLUSTERS);
  if (resolved === null || problems.count > 0) throw new Error(JSON.stringify(problems.all, null, 2));
  const { spec, seed, repetitions } = resolved;
  const values = Array.from({ length: repetitions }, (_, repetition) => {
    const run = startRun({ spec, seed, repetition });
    while (!run.done) run.advance(Infinity);
    return measure(new ExperimentResult(run.finish().measurements));
  });
  const { mean, error } = estimate(values);
  return {
    mean,
    error,
    errors: error === 0 ? (mean === expected ? 0 : Infinity) : Math.abs(mean - expected) / error,
  };
}

const NO_CLUSTERS = { findMany: () => Promise.resolve([]) };

function estimate(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}
