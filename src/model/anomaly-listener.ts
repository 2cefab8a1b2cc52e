import type { AnomalyKind } from './anomaly';

/** Hears of anomalies while the run goes on; the checkers tell it. */
export interface AnomalyListener {
  /**
   * An anomaly showed. It may be told somewhat later, when a hundred more operations have ended or the run is over, and then not
   * in the order of simulated time. Of a kind that shows often, the first few are enough.
   *
   * @param fromMs the earliest invocation among the operations that prove it; `atMs` without any
   * @param atMs when it showed: not after now
   */
  showed(kind: AnomalyKind, fromMs: number, atMs: number): void;
}
