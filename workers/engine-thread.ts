import { raiseInliningBudget } from '../src/lab/inlining-budget';
import { parentPort, workerData } from 'node:worker_threads';
import type { RunHistory } from '../src/experiments/ports/records';
import { runShard } from '../src/experiments/run/run-shard';
import { Failpoints } from '../src/lab/failpoints';
import { dieIfTold } from './engine-failpoints';
import {
  ThreadControl,
  type ThreadAnswer,
  type ThreadData,
  type ThreadMessage,
  type ThreadRequest,
} from './thread-control';

raiseInliningBudget();

const failpoints = Failpoints.parse((workerData as ThreadData).failpoints);

/** The thread in which the engine runs: one shard after another, each to its end or until it is told to stop. */
parentPort?.on('message', (request: ThreadRequest) => {
  say(answer(request));
});

function answer({ claim, control }: ThreadRequest): ThreadAnswer {
  try {
    dieIfTold(failpoints, claim);
    const { stopRequested, report, now } = new ThreadControl(control);
    const outcome = runShard(claim, { stopRequested, report, now, keepHistory: handOver });
    return outcome === null ? { kind: 'STOPPED' } : { kind: 'DONE', outcome };
  } catch (error) {
    return {
      kind: 'FAILED',
      reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    };
  }
}

/** The bytes move; they are not copied. */
function handOver(history: RunHistory): void {
  say({ kind: 'HISTORY', history }, [history.bytes.buffer]);
}

function say(message: ThreadMessage, moved: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, moved);
}
