import type { QuorumLoad, QuorumStatistics } from '../workload';

/** Something whose speed is measured: the harness plays it in a process of its own, again and again. */
export interface Subject {
  /** Unique among all subjects. */
  readonly name: string;
  /** Plays the load from its beginning to its end; this is timed. @throws if it cannot be played here */
  readonly play: (load: QuorumLoad) => Played;
}

export interface Played {
  readonly events: number;
  /** Looks at the results, when the clock has stopped. */
  findings(): Findings;
}

/** What a play came to; its time is reported only if nothing is wrong with it. */
export interface Findings {
  /** What is wrong, in words. */
  readonly problems: readonly string[];
  /** Equal for equal results: each play of one load must give the same. */
  readonly fingerprint: string;
  /** Of a quorum play, for the comparison with plain C. */
  readonly quorum: QuorumStatistics | null;
}

/** One play as the harness knows it. */
export interface Play extends Findings {
  readonly events: number;
  readonly seconds: number;
}

/** Plays a load in some other process. */
export interface Player {
  readonly name: string;
  play(load: QuorumLoad): Promise<Play>;
}
