import type { Behaviour } from '../../engine/behaviour';
import type { Host } from '../../engine/host';
import type { LogEntry, Message, Request } from '../../engine/message';
import { invariant } from '../../model/invariant';
import type { WriteId } from '../../model/observer';
import type { Value } from '../../model/value';
import type { Version } from '../../model/version';
import { ENTRIES_PER_BATCH, EPOCH, Kind, type Append, type Connect, type Flushed } from './messages';
import { lsnOf, ReplicationLog } from './replication-log';
import { Standby } from './standby';
import { Table } from './table';
import { WaitingClients } from './waiting-clients';

export interface LeaderSettings {
  readonly followers: readonly number[];
  readonly keys: number;
}

/** Orders the writes in its log, makes them durable, acknowledges them, and streams the log to the followers. */
export class Leader implements Behaviour {
  private readonly log = new ReplicationLog();
  private readonly waiting = new WaitingClients();
  private readonly table: Table;
  private readonly standbys: readonly Standby[];
  /** The same, by the index of their nodes. */
  private readonly standbyOfNode: readonly (Standby | undefined)[];
  /** Everything up to here is flushed, applied and acknowledged. */
  private committed = 0;

  constructor(
    private readonly host: Host,
    { followers, keys }: LeaderSettings,
  ) {
    this.table = new Table(keys);
    this.standbys = followers.map((node) => new Standby(node));
    const nodes = Math.max(-1, ...followers) + 1;
    this.standbyOfNode = Array.from({ length: nodes }, (_, node) =>
      this.standbys.find((standby) => standby.node === node),
    );
    host.beganToLead(EPOCH);
  }

  onWrite(write: Request): void {
    this.waiting.add(write);
    this.host.persist(this.log.append(write));
  }

  onRead(read: Request): void {
    this.host.answerRead(read, this.table.at(read.key), this.table.valueFor(read.key));
  }

  onPersisted(position: number): void {
    while (this.committed < position) this.commit(this.log.at(++this.committed));
  }

  onMessage(message: Message): void {
    switch (message.kind) {
      case Kind.Connect:
        this.onConnect(message);
        break;
      case Kind.Flushed:
        this.onFlushed(message);
        break;
    }
  }

  onTimer(): void {
    invariant(false, 'a leader sets no timer');
  }

  onCrash(): void {
    this.log.truncateAfter(this.committed);
    this.waiting.forgetAfter(this.committed);
    for (const standby of this.standbys) this.turn(standby, 'CLOSED');
  }

  onRestart(): void {
    this.host.beganToLead(EPOCH);
    for (const { node } of this.standbys) this.host.stream(node, Kind.AskPosition);
  }

  versionOf(key: number): Version | null {
    return this.table.versionOf(key);
  }

  holds({ version }: WriteId): boolean {
    return lsnOf(version) <= this.committed;
  }

  valueFor(key: number): Value {
    return this.table.valueFor(key);
  }

  get retainedEntries(): number {
    return this.log.length;
  }

  private commit(entry: LogEntry): void {
    this.table.apply(entry);
    this.host.committed(entry);
    this.host.acknowledgeWrite(this.waiting.take(entry), entry);
    for (const standby of this.standbys) if (standby.state === 'STREAMING') this.append(standby, entry);
  }

  private append(standby: Standby, entry: LogEntry): void {
    const append: Append = this.host.stream(standby.node, Kind.Append, 1);
    append.epoch = entry.epoch;
    append.lsn = entry.lsn;
    append.key = entry.key;
    append.operation = entry.operation;
    append.effect = entry.effect;
    append.operand = entry.operand;
    standby.sent = entry.lsn;
  }

  private onConnect(connect: Connect): void {
    const standby = this.standbyAt(connect.from);
    standby.beginCatchUp({ position: connect.lsn, target: this.committed });
    this.turn(standby, 'CATCH_UP');
    this.sendBatch(standby);
  }

  private onFlushed(flushed: Flushed): void {
    const standby = this.standbyAt(flushed.from);
    standby.flushed = flushed.lsn;
    if (standby.state === 'CATCH_UP' && flushed.lsn >= standby.sent) this.sendBatch(standby);
  }

  /** With the batch that reaches the end of what is committed the follower is live again: all else follows on the stream. */
  private sendBatch(standby: Standby): void {
    const through = Math.min(this.committed, standby.sent + ENTRIES_PER_BATCH);
    const entries = this.log.between(standby.sent, through);
    const batch = this.host.stream(standby.node, Kind.Entries, entries.length);
    batch.entries = entries;
    batch.target = standby.target;
    batch.work = Math.max(1, entries.length);
    standby.sent = through;
    if (through === this.committed) this.turn(standby, 'STREAMING');
  }

  private turn(standby: Standby, state: Standby['state']): void {
    standby.state = state;
    this.host.stateChanged('STANDBY', state, standby.node);
  }

  private standbyAt(node: number): Standby {
    const standby = this.standbyOfNode[node];
    invariant(standby !== undefined, 'only followers speak to the leader');
    return standby;
  }
}
