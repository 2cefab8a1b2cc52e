import type { ExperimentId } from '../../model/ids';

/** Wakes readers of an experiment's events and progress. A wake-up may be lost or false: readers read and poll. */
export interface ChangeFeed {
  /** Calls back after changes of that experiment until the returned function is called. */
  subscribe(id: ExperimentId, wake: () => void): () => void;
}
