import canonicalize from 'canonicalize';
import { EMPTY_MEASUREMENTS, mergeMeasurements } from '../../model/merge-measurements';
import type { Claim } from '../ports/records';
import type { ShardOutcome } from '../ports/stores';
import { encodeMeasurements } from '../result/encode-measurements';
import { startRun, type RunOutput } from './start-run';

/** What the caller of a shard may do and see while it runs, on another thread. */
export interface ShardControl {
  readonly stopRequested: () => boolean;
  readonly report: (progress: { readonly fraction: number; readonly simulatedOperations: number }) => void;
}

/** Some milliseconds of work: how soon a stop is seen and how often progress is told. */
const EVENTS_PER_STEP = 20_000;

/** Runs the consecutive repetitions of a shard; null if it was stopped. */
export function runShard(claim: Claim, control: ShardControl): ShardOutcome | null {
  const outputs: RunOutput[] = [];
  let simulatedOperations = 0;
  for (let index = 0; index < claim.runCount; index++) {
    const repetition = claim.firstRepetition + index;
    const run = startRun({ spec: claim.spec, seed: claim.seed, repetition });
    while (!run.done) {
      if (control.stopRequested()) return null;
      run.advance(EVENTS_PER_STEP);
      control.report({
        fraction: (index + run.fraction) / claim.runCount,
        simulatedOperations: simulatedOperations + run.simulatedOperations,
      });
    }
    simulatedOperations += run.simulatedOperations;
    outputs.push(run.finish());
  }
  return outcomeOf(outputs, simulatedOperations);
}

function outcomeOf(outputs: readonly RunOutput[], simulatedOperations: number): ShardOutcome {
  const merged = outputs.map((output) => output.measurements).reduce(mergeMeasurements, EMPTY_MEASUREMENTS);
  return {
    measurements: encodeMeasurements(merged),
    runs: outputs.map(({ summary, resultHash }) => ({ seed: summary.seed, resultHash })),
    scalars: new TextEncoder().encode(canonicalize(outputs.map(({ summary }) => summary))),
    simulatedOperations,
  };
}
