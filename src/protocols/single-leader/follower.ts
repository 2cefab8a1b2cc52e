import type { Behaviour } from '../../engine/behaviour';
import type { Host } from '../../engine/host';
import type { LogEntry, Message, Request } from '../../engine/message';
import { invariant } from '../../model/invariant';
import type { WriteId } from '../../model/observer';
import type { Value } from '../../model/value';
import type { Version } from '../../model/version';
import { Kind, type Append, type Entries } from './messages';
import { lsnOf, ReplicationLog } from './replication-log';
import { Table } from './table';

export interface FollowerSettings {
  /** Index of the leader's node. */
  readonly leader: number;
  readonly keys: number;
}

/** Writes the leader's log to its own, in order, and applies what is flushed. Answers reads from what is applied. */
export class Follower implements Behaviour {
  /** What is received and not yet applied. */
  private readonly log = new ReplicationLog();
  private readonly table: Table;
  private applied = 0;
  /** It restarted and has not yet reached what the leader had then. */
  private isRecovering = false;
  /** What the leader had when the catch-up began; null until it says so. */
  private target: number | null = null;

  constructor(
    private readonly host: Host,
    private readonly settings: FollowerSettings,
  ) {
    this.table = new Table(settings.keys);
  }

  onRead(read: Request): void {
    this.host.answerRead(read, this.table.at(read.key), this.table.valueFor(read.key));
  }

  onWrite(): void {
    invariant(false, 'writes go to the leader');
  }

  onMessage(message: Message): void {
    switch (message.kind) {
      case Kind.Append:
        this.onAppend(message);
        break;
      case Kind.Entries:
        this.onEntries(message);
        break;
      case Kind.AskPosition:
        this.connect();
        break;
    }
  }

  onPersisted(position: number): void {
    while (this.applied < position) this.apply(this.log.at(++this.applied));
    this.log.discardThrough(position);
    this.reportFlushed();
    this.checkCaughtUp();
  }

  onTimer(): void {
    invariant(false, 'a follower sets no timer');
  }

  onCrash(): void {
    this.log.truncateAfter(this.applied);
    this.target = null;
  }

  onRestart(): void {
    this.isRecovering = true;
    this.host.stateChanged('REPLICATION', 'CATCHING_UP');
    this.connect();
  }

  versionOf(key: number): Version | null {
    return this.table.versionOf(key);
  }

  holds({ version }: WriteId): boolean {
    return lsnOf(version) <= this.applied;
  }

  valueFor(key: number): Value {
    return this.table.valueFor(key);
  }

  get retainedEntries(): number {
    return this.log.length;
  }

  private onAppend(append: Append): void {
    if (this.receive(append)) this.host.persist(this.log.end);
  }

  /** A whole batch is written before it is flushed. What it repeats was reported when it came first, after the call. */
  private onEntries({ entries, target }: Entries): void {
    this.target = target;
    let received = 0;
    for (const entry of entries ?? []) if (this.receive(entry)) received++;
    if (received > 0) this.host.persist(this.log.end);
    this.checkCaughtUp();
  }

  /** Entries behind a gap belong to a stream that broke when one end crashed, known ones to a catch-up: neither counts. */
  private receive(entry: LogEntry): boolean {
    if (entry.lsn !== this.log.end + 1) return false;
    this.log.append(entry);
    return true;
  }

  private apply(entry: LogEntry): void {
    this.table.apply(entry);
    this.host.applied(entry);
  }

  private connect(): void {
    this.report(Kind.Connect, this.log.end);
  }

  private reportFlushed(): void {
    this.report(Kind.Flushed, this.applied);
  }

  /** The leader takes note as it arrives: a report is no work that waits its turn. */
  private report(kind: number, position: number): void {
    const report = this.host.stream(this.settings.leader, kind);
    report.lsn = position;
    report.work = 0;
  }

  private checkCaughtUp(): void {
    if (!this.isRecovering || this.target === null || this.applied < this.target) return;
    this.isRecovering = false;
    this.host.stateChanged('REPLICATION', 'CAUGHT_UP');
    this.host.caughtUp();
  }
}
