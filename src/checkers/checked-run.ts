import type { AnomalyListener } from '../model/anomaly-listener';
import type { LossListener } from '../model/loss-listener';
import type { RunOutline } from '../model/observer';

/** Who else wants to hear what checkers find. */
export interface CheckerListeners {
  /** Of each witness as it is found. */
  readonly listener?: AnomalyListener | null;
  /** Of each lost write. */
  readonly losses?: LossListener | null;
}

/** A run, as a checker knows it before it starts. */
export interface CheckedRun extends RunOutline, CheckerListeners {}
