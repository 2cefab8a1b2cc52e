import path from 'node:path';
import type { Claim, RunHistory } from '../src/experiments/ports/records';
import {
  SimulationFailedError,
  SimulationStoppedError,
  type RunningShard,
  type Simulator,
} from '../src/experiments/ports/simulator';
import type { ShardOutcome } from '../src/experiments/ports/stores';
import type { EngineRun } from './engine-run';
import { EngineThread, type ThreadSettings } from './engine-thread-owner';

const DEFAULTS: ThreadSettings = {
  threadFile: path.join(__dirname, 'engine-thread.js'),
  heapMbMax: 2048,
  stallMs: 30_000,
  failpoints: '',
};

/** Runs shards on threads of their own, which are used again: a fresh one starts cold. */
export class ThreadSimulator implements Simulator {
  private readonly settings: ThreadSettings;
  private readonly idle: EngineThread[] = [];

  constructor(settings: Partial<ThreadSettings> = {}) {
    this.settings = { ...DEFAULTS, ...settings };
  }

  start(claim: Claim, keepHistory: (history: RunHistory) => void): RunningShard {
    const thread = this.takeThread();
    const run = thread.run(claim, keepHistory);
    const { control } = run;
    return {
      outcome: this.outcome(thread, run),
      progress: () => ({ fraction: control.fraction, simulatedOperations: control.simulatedOperations }),
      stop: () => run.stop(),
    };
  }

  /** Ends the threads that have nothing to do. */
  async close(): Promise<void> {
    await Promise.all(this.idle.splice(0).map((thread) => thread.end()));
  }

  private takeThread(): EngineThread {
    let thread = this.idle.pop();
    while (thread !== undefined && !thread.alive) thread = this.idle.pop();
    return thread ?? new EngineThread(this.settings);
  }

  private async outcome(thread: EngineThread, run: EngineRun): Promise<ShardOutcome> {
    const answer = await run.answer;
    // What an engine that threw left behind in its thread is not to meet another run.
    if (answer.kind === 'FAILED') await thread.end();
    if (thread.alive) this.idle.push(thread);
    if (answer.kind === 'DONE') return answer.outcome;
    if (answer.kind === 'STOPPED') throw new SimulationStoppedError('The simulation was told to stop.');
    throw new SimulationFailedError(answer.reason);
  }
}
