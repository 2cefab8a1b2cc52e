import { setImmediate } from 'node:timers/promises';
import type { Claim, RunHistory } from '../../src/experiments/ports/records';
import {
  SimulationFailedError,
  SimulationStoppedError,
  type RunningShard,
  type Simulator,
} from '../../src/experiments/ports/simulator';
import type { ShardOutcome } from '../../src/experiments/ports/stores';
import { runShard, type ShardControl } from '../../src/experiments/run/run-shard';
import { aborted } from '../../src/experiments/wake-up';

/** Runs shards on the test's own thread, after whatever else waits there: for tests of what happens around a run. */
export class InlineSimulator implements Simulator {
  /** Shards begun. */
  started = 0;
  private readonly stopping = new AbortController();
  /** When it was first told to stop a shard. */
  readonly stopped = aborted(this.stopping.signal);

  /** @param beforeRun what is to happen between a claim and its run */
  constructor(private readonly beforeRun: (claim: Claim) => Promise<void> = async () => setImmediate()) {}

  start(claim: Claim, keepHistory: (history: RunHistory) => void): RunningShard {
    this.started++;
    let stopped = false;
    const outcome = async (): Promise<ShardOutcome> => {
      await this.beforeRun(claim);
      const result = simulated(claim, { stopRequested: () => stopped, keepHistory });
      if (result === null) throw new SimulationStoppedError('stopped');
      return result;
    };
    const stop = (): void => {
      stopped = true;
      this.stopping.abort();
    };
    return { outcome: outcome(), progress: () => ({ fraction: 0.5, simulatedOperations: 100 }), stop };
  }
}

function simulated(
  claim: Claim,
  control: Pick<ShardControl, 'stopRequested' | 'keepHistory'>,
): ShardOutcome | null {
  try {
    return runShard(claim, { ...control, report: () => undefined, now: () => performance.now() });
  } catch (error) {
    throw new SimulationFailedError(String(error));
  }
}
