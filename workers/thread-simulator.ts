import type { Claim } from '../src/experiments/ports/records';
import {
  SimulationFailedError,
  SimulationStoppedError,
  type RunningShard,
  type Simulator,
} from '../src/experiments/ports/simulator';
import type { ShardOutcome } from '../src/experiments/ports/stores';
import { EngineThread } from './engine-thread-owner';
import { ThreadControl } from './thread-control';

/** Runs shards on threads of their own, which are used again: a fresh one starts cold. */
export class ThreadSimulator implements Simulator {
  private readonly idle: EngineThread[] = [];

  start(claim: Claim): RunningShard {
    const thread = this.takeThread();
    const control = new ThreadControl();
    return {
      outcome: this.outcome(thread, { claim, control }),
      progress: () => ({ fraction: control.fraction, simulatedOperations: control.simulatedOperations }),
      stop: () => thread.stop(control),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.idle.splice(0).map((thread) => thread.end()));
  }

  private takeThread(): EngineThread {
    let thread = this.idle.pop();
    while (thread !== undefined && !thread.alive) thread = this.idle.pop();
    return thread ?? new EngineThread();
  }

  private async outcome(
    thread: EngineThread,
    work: { readonly claim: Claim; readonly control: ThreadControl },
  ): Promise<ShardOutcome> {
    const answer = await thread.run(work.claim, work.control);
    if (thread.alive) this.idle.push(thread);
    if (answer.kind === 'DONE') return answer.outcome;
    if (answer.kind === 'STOPPED') throw new SimulationStoppedError('The simulation was told to stop.');
    throw new SimulationFailedError(answer.reason);
  }
}
