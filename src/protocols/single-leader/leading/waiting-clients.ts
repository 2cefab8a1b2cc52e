import type { Acknowledged } from '../../../engine/speaking-node';
import type { LogEntry, Request } from '../../../engine/message';
import { LsnColumns } from '../log/lsn-columns';

const enum Column {
  Client,
  Session,
}

/** Who waits for the acknowledgement of the writes that are in the log and not yet acknowledged, by LSN. */
export class WaitingClients {
  private readonly columns = new LsnColumns(2, (cells) => new Int32Array(cells));
  private readonly since = new LsnColumns(1, (cells) => new Float64Array(cells));
  private readonly current = { from: 0, session: 0, operation: 0 };

  /** Nobody waits; the next write is the one after that LSN. */
  restartAfter(lsn: number): void {
    this.columns.restartAfter(lsn);
    this.since.restartAfter(lsn);
  }

  /** Since when the oldest of them waits; there must be one. */
  get oldestSinceMs(): number {
    const { since } = this;
    return since.cellsOf(since.first)[since.rowOf(since.first)];
  }

  /** The next write's client; one call for each LSN, in order. */
  add({ from, session }: Pick<Request, 'from' | 'session'>, nowMs: number): void {
    const lsn = this.columns.append();
    this.since.append();
    this.since.cellsOf(lsn)[this.since.rowOf(lsn)] = nowMs;
    const cells = this.columns.cellsOf(lsn);
    const row = this.columns.rowOf(lsn);
    cells[row + Column.Client] = from;
    cells[row + Column.Session] = session;
  }

  /** Takes the client of that write, the oldest one that waits. Read it before the next one is taken. */
  take({ lsn, operation }: Pick<LogEntry, 'lsn' | 'operation'>): Acknowledged {
    const { columns, current } = this;
    const cells = columns.cellsOf(lsn);
    const row = columns.rowOf(lsn);
    current.from = cells[row + Column.Client];
    current.session = cells[row + Column.Session];
    current.operation = operation;
    columns.discardThrough(lsn);
    this.since.discardThrough(lsn);
    return current;
  }
}
