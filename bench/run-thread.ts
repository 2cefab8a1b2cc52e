import { raiseInliningBudget } from '../src/lab/inlining-budget';
import { parentPort } from 'node:worker_threads';
import { startRun } from '../src/experiments/run/start-run';
import type { RunAnswer, RunRequest } from './harness/thread-crew';
import { singleLeaderSpec } from './single-leader-spec';

raiseInliningBudget();

/** The thread of a crew: plays one measured run after another. */
parentPort?.on('message', ({ load, repetition }: RunRequest) => {
  const run = startRun({ spec: singleLeaderSpec(load), seed: BigInt(load.seed), repetition });
  run.advance(Infinity);
  const { measurements, resultHash } = run.finish();
  const answer: RunAnswer = { events: measurements.cost.events, resultHash };
  parentPort?.postMessage(answer);
});
