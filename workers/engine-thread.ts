import { raiseInliningBudget } from '../src/lab/inlining-budget';
import { parentPort, workerData } from 'node:worker_threads';
import { runShard } from '../src/experiments/run/run-shard';
import { Failpoints } from '../src/lab/failpoints';
import { dieIfTold } from './engine-failpoints';
import { ThreadControl, type ThreadAnswer, type ThreadData, type ThreadRequest } from './thread-control';

raiseInliningBudget();

const failpoints = Failpoints.parse((workerData as ThreadData).failpoints);

/** The thread in which the engine runs: one shard after another, each to its end or until it is told to stop. */
parentPort?.on('message', (request: ThreadRequest) => {
  parentPort?.postMessage(answer(request));
});

function answer({ claim, control }: ThreadRequest): ThreadAnswer {
  try {
    dieIfTold(failpoints, claim);
    const outcome = runShard(claim, new ThreadControl(control));
    return outcome === null ? { kind: 'STOPPED' } : { kind: 'DONE', outcome };
  } catch (error) {
    return {
      kind: 'FAILED',
      reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    };
  }
}
