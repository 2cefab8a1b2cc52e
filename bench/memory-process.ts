import { raiseInliningBudget } from '../src/lab/inlining-budget';
import { startRun } from '../src/experiments/run/start-run';
import { invariant } from '../src/model/invariant';
import { singleLeaderSpec } from './single-leader-spec';
import type { QuorumLoad } from './workload';

/** What the process of one long run prints. */
export interface MemorySamples {
  /** After a collection, as each fifth of the run was over. */
  readonly liveHeapBytes: readonly number[];
  readonly largestResidentBytes: number;
}

const SAMPLES = 5;
const EVENTS_PER_STEP = 20_000;

/** Plays one run of the load in its argument, with `--expose-gc`, and prints what memory it took. */
function main(): void {
  raiseInliningBudget();
  const load = JSON.parse(process.argv[2]) as QuorumLoad;
  const run = startRun({ spec: singleLeaderSpec(load), seed: BigInt(load.seed), repetition: 0 });
  const liveHeapBytes: number[] = [];
  while (!run.done) {
    run.advance(EVENTS_PER_STEP);
    // The last sample is taken where the clients still work: afterwards everything is let go.
    if (run.fraction >= (0.95 * (liveHeapBytes.length + 1)) / SAMPLES) liveHeapBytes.push(liveHeap());
  }
  const { measurements } = run.finish();
  invariant(measurements.convergedRuns === 1, 'the replicas differ at the end');
  const samples: MemorySamples = {
    liveHeapBytes: liveHeapBytes.slice(0, SAMPLES),
    largestResidentBytes: process.resourceUsage().maxRSS * 1024,
  };
  process.stdout.write(JSON.stringify(samples));
}

function liveHeap(): number {
  invariant(globalThis.gc !== undefined, 'start it with --expose-gc');
  // Buffers go with the collection after that of their owners.
  for (let round = 0; round < 2; round++) globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

main();
