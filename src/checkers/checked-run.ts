import type { AnomalyListener } from '../model/anomaly-listener';
import type { RunOutline } from '../model/observer';

/** A run, as a checker knows it before it starts. */
export interface CheckedRun extends RunOutline {
  /** Who wants to hear of each witness as it is found. */
  readonly listener?: AnomalyListener | null;
}
