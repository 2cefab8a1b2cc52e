import type { Acknowledged } from '../../engine/host';
import type { LogEntry, Request } from '../../engine/message';
import { LsnColumns } from './lsn-columns';

const enum Column {
  Client,
  Session,
}

/** Who waits for the acknowledgement of the writes that are in the log and not yet durable, by LSN. */
export class WaitingClients {
  private readonly columns = new LsnColumns(2);
  private readonly current = { from: 0, session: 0, operation: 0 };

  /** The next write's client; one call for each LSN, in order. */
  add({ from, session }: Pick<Request, 'from' | 'session'>): void {
    const lsn = this.columns.append();
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
    return current;
  }

  /** The writes after that LSN are lost; nobody will answer their clients. */
  forgetAfter(lsn: number): void {
    this.columns.truncateAfter(lsn);
  }
}
