import type { Claim, RunHistory } from './records';
import type { ShardOutcome, ShardProgress } from './stores';

/** The simulation was told to stop; there is no result. */
export class SimulationStoppedError extends Error {
  override readonly name = 'SimulationStoppedError';
}

/** The simulation died: it threw, exited, ran out of memory or made no progress. The message says which. */
export class SimulationFailedError extends Error {
  override readonly name = 'SimulationFailedError';
}

export interface RunningShard {
  /** As of now; cheap to ask. */
  progress(): ShardProgress;
  /** Rejects with SimulationStoppedError or SimulationFailedError. */
  readonly outcome: Promise<ShardOutcome>;
  /** Ends the simulation soon (within 100 ms); `outcome` then rejects. */
  stop(): void;
}

/** Runs the runs of a shard off the caller's thread. */
export interface Simulator {
  /**
   * @param keepHistory takes the history of each run that has one to keep, as the run ends and before `outcome` does
   */
  start(claim: Claim, keepHistory: (history: RunHistory) => void): RunningShard;
}
