import type { WriteId } from './observer';

/** Hears of every acknowledged write that was lost; the checker that counts LOST_WRITE tells it, so that there is one rule. */
export interface LossListener {
  /** At the end of the run, once for each lost write, in no order that means anything. */
  lost(write: WriteId): void;
}
