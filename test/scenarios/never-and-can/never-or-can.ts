import { RandomStreams } from '../../../src/engine/random-streams';
import { ExperimentResult } from '../../../src/experiments/result/experiment-result';
import { startRun } from '../../../src/experiments/run/start-run';
import { resolveExperiment } from '../../../src/experiments/spec/resolve-experiment';
import type { AnomalyKind } from '../../../src/model/anomaly';
import { Problems } from '../../../src/model/problem';
import { Fields } from '../../../src/model/spec/fields';

/** An experiment as a user submits it, but for its seed. */
export type Submission = Readonly<Record<string, unknown>>;

/**
 * Something that happens in no run of a set-up, whatever the seed; or that can happen, which it does in some.
 *
 * A cure is worth something if what it is for never happens with it, and can without it.
 */
export interface NeverOrCanCase {
  readonly name: string;
  readonly polarity: 'NEVER' | 'CAN';
  /** What chance decides beside what the engine draws, as the time of a crash, comes from the seed as well. */
  readonly experiment: (chance: Chance) => Submission;
  /** Whether it happened in that run. */
  readonly happens: (result: ExperimentResult) => boolean;
  /** Of NEVER: what must have happened in some runs, or they would show nothing. */
  readonly isPutToTheTest?: (result: ExperimentResult) => boolean;
}

/** Draws what a submission leaves to its seed. */
export interface Chance {
  /** A whole number of milliseconds from the one to the other, both included. */
  between(fromMs: number, toMs: number): number;
  oneOf<Choice>(choices: readonly Choice[]): Choice;
}

export interface Verdict {
  /** Seeds of the runs in which it happened; of CAN only the first. */
  readonly seeds: readonly number[];
  /** Runs that could have shown it. */
  readonly tested: number;
}

/** Plays a case with the seeds 1 … `seeds`; one that can happen only until it does. */
export async function find(neverOrCan: NeverOrCanCase, seeds: number): Promise<Verdict> {
  const { polarity, happens, isPutToTheTest = () => true } = neverOrCan;
  const found: number[] = [];
  let tested = 0;
  for (let seed = 1; seed <= seeds && (polarity === 'NEVER' || found.length === 0); seed++) {
    const result = await play(neverOrCan, seed);
    if (isPutToTheTest(result)) tested++;
    if (happens(result)) found.push(seed);
  }
  return { seeds: found, tested };
}

/** One run of a case; so a seed that was found can be looked at. */
export async function play(
  { experiment }: Pick<NeverOrCanCase, 'experiment'>,
  seed: number,
): Promise<ExperimentResult> {
  const problems = Problems.none();
  const submission = { name: 'never and can', seed: String(seed), ...experiment(chanceOf(seed)) };
  const resolved = await resolveExperiment(new Fields(submission, problems), NO_CLUSTERS);
  if (resolved === null || problems.count > 0) throw new Error(JSON.stringify(problems.all, null, 2));
  const run = startRun({ spec: resolved.spec, seed: resolved.seed, repetition: 0 });
  while (!run.done) run.advance(Infinity);
  return new ExperimentResult(run.finish().measurements);
}

export function countOf(kind: AnomalyKind, { anomalies }: Pick<ExperimentResult, 'anomalies'>): number {
  const found = anomalies.find((anomaly) => anomaly.kind === kind);
  if (found === undefined) throw new Error(`nobody judges ${kind}`);
  return found.count;
}

/** Whether a run has an anomaly of that kind. */
export function shows(kind: AnomalyKind): (result: ExperimentResult) => boolean {
  return (result) => countOf(kind, result) > 0;
}

export function hasFailedOver({ replication }: ExperimentResult): boolean {
  return replication.failoverCount > 0;
}

const NO_CLUSTERS = { findMany: () => Promise.resolve([]) };

function chanceOf(seed: number): Chance {
  const random = new RandomStreams(BigInt(seed)).stream({ purpose: 'chance', entity: 'never and can' });
  return {
    between: (fromMs, toMs) => fromMs + random.below(toMs - fromMs + 1),
    oneOf: (choices) => choices[random.below(choices.length)],
  };
}
