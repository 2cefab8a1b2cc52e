import type { Request } from '../../engine/message';
import { LsnColumns } from './lsn-columns';

const enum Column {
  Client,
  Session,
}

/** Who waits for the acknowledgement of the writes that are in the log and not yet durable, by LSN. */
export class WaitingClients {
  private readonly columns = new LsnColumns(2);

  /** The next write's client; one call for each LSN, in order. */
  add({ from, session }: Pick<Request, 'from' | 'session'>): void {
    const lsn = this.columns.append();
    this.columns.set(lsn, Column.Client, from);
    this.columns.set(lsn, Column.Session, session);
  }

  /** Takes the client of that LSN, the oldest one that waits. */
  take(lsn: number): Pick<Request, 'from' | 'session'> {
    const from = this.columns.get(lsn, Column.Client);
    const session = this.columns.get(lsn, Column.Session);
    this.columns.discardThrough(lsn);
    return { from, session };
  }

  /** The writes after that LSN are lost; nobody will answer their clients. */
  forgetAfter(lsn: number): void {
    this.columns.truncateAfter(lsn);
  }
}
