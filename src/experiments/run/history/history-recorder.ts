import type { AnomalyKind } from '../../../model/anomaly';
import type { AnomalyListener } from '../../../model/anomaly-listener';
import type { RecordedHistory } from '../../../model/history';
import { NEVER_SENT, type ObservedOperation } from '../../../model/observer';
import type { WorkloadSpec } from '../../../model/spec/workload';
import type { Listener } from '../fan-out-observer';
import { encodeHistory } from './encode-history';
import { HistoryRows } from './history-rows';
import { HistoryWindows } from './history-windows';
import { InvocationOrder } from './invocation-order';
import { numbersOf } from './operation-numbers';

/**
 * Records the operations of a run in bounded memory: all of them, up to `OPERATIONS_KEPT_MAX`; of a longer run windows around
 * the first anomalies of each kind, and one at its beginning.
 *
 * A row is written when an operation ends, for only then all is known of it; of one under way only the order of its invocation is
 * remembered. As every operation ends, at the latest with the run, no row lacks its beginning or its end.
 */
export class HistoryRecorder implements Listener, AnomalyListener {
  private readonly recent = new HistoryRows();
  private readonly windows: HistoryWindows;
  private readonly underWay = new InvocationOrder();
  private events = 0;

  /** @param workload of the run */
  constructor({ warmupMs }: Pick<WorkloadSpec, 'warmupMs'>) {
    this.windows = new HistoryWindows(this.recent, -warmupMs);
  }

  operationInvoked({ place }: ObservedOperation): void {
    this.underWay.set(place, this.events++);
  }

  operationEnded(operation: ObservedOperation): void {
    if (operation.place === NEVER_SENT) return;
    const { recent, windows } = this;
    const numbers = numbersOf(operation);
    if (recent.isFullFor(numbers)) this.makeRoomFor(numbers);
    recent.add(operation, { invokedAs: this.underWay.get(operation.place), endedAs: this.events++ });
    if (operation.invokedAtMs <= windows.untilMs) windows.keepNewest();
  }

  showed(kind: AnomalyKind, fromMs: number, atMs: number): void {
    this.windows.showed(kind, fromMs, atMs);
  }

  /** What is kept; call it when the run is over. */
  history(): RecordedHistory {
    const { recent, windows } = this;
    const isWhole = recent.first === 0;
    const rows = isWhole ? recent : windows.rows;
    return {
      description: {
        recording: isWhole ? 'WHOLE' : 'WINDOWS',
        operations: rows.count,
        operationsOfRun: recent.end,
        windows: isWhole ? [] : windows.all(),
      },
      bytes: encodeHistory(rows),
    };
  }

  private makeRoomFor(numbers: number): void {
    if (this.recent.first === 0) this.windows.keepBeginning();
    this.recent.makeRoomFor(numbers);
  }
}
