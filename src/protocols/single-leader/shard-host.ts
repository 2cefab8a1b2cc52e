import type { Host } from '../../engine/host';
import type { LogEntry, Message, Request } from '../../engine/message';
import type { Acknowledged, Found } from '../../engine/speaking-node';
import type { Timer } from '../../engine/timer';
import type { FollowerRecovery, NoticeKind } from '../../model/observer';
import type { Value } from '../../model/value';
import type { LogVersion } from '../../model/version';
import type { LoggedWrite } from './log/replication-log';

/** What the replicas of one node share: its disk, of which each is told when its own part is flushed. */
export interface NodeDisk {
  persist(shard: number, position: number): void;
}

/** A node as the replica of one shard on it sees it: what it sends and tells is about that shard. */
export class ShardHost {
  constructor(
    private readonly host: Host,
    private readonly disk: NodeDisk,
    readonly shard: number,
  ) {}

  get id(): number {
    return this.host.id;
  }

  get clockMs(): number {
    return this.host.clockMs;
  }

  get nowMs(): number {
    return this.host.nowMs;
  }

  get softwareVersion(): number {
    return this.host.softwareVersion;
  }

  send(to: number, kind: number): Message {
    const message = this.host.send(to, kind);
    message.channel = this.shard;
    // Whoever receives it takes note at once: it is no work that waits its turn.
    message.work = 0;
    return message;
  }

  /** The same for what goes on for ever: the world may come to rest although it is under way. */
  sendInBackground(to: number, kind: number): Message {
    return this.host.inBackground(this.send(to, kind));
  }

  /** On the stream of this shard. What costs its receiver work is for the sender to say. */
  stream(to: number, kind: number, values = 0): Message {
    const message = this.host.stream(to, kind, values, this.shard);
    message.work = 0;
    return message;
  }

  streamInBackground(to: number, kind: number): Message {
    return this.host.inBackground(this.stream(to, kind));
  }

  undertake(kind: number, { lsn, work }: { readonly lsn: number; readonly work: number }): void {
    this.host.undertake(kind, { lsn, work, channel: this.shard });
  }

  persist(position: number): void {
    this.disk.persist(this.shard, position);
  }

  /** The subject tells the shard, and what the timer is about. */
  createTimer(kind: number, about = 0): Timer {
    return this.host.createTimer(kind, timerSubject(this.shard, about));
  }

  createBackgroundTimer(kind: number): Timer {
    return this.host.createBackgroundTimer(kind, timerSubject(this.shard, 0));
  }

  setTimer(timer: Timer, delayMs: number): void {
    this.host.setTimer(timer, delayMs);
  }

  answerRead(read: Request, found: Found, value: Value): Message {
    return this.host.answerRead(read, found, value);
  }

  acknowledgeWrite(write: Acknowledged, version: LogVersion): Message {
    return this.host.acknowledgeWrite(write, version);
  }

  refuse(request: Acknowledged): void {
    this.host.refuse(request);
  }

  committed(entry: LogEntry): void {
    this.host.committed(entry);
  }

  applied(entry: LogEntry): void {
    this.host.applied(entry);
  }

  discarded(write: LoggedWrite): void {
    this.host.discarded(write);
  }

  copied(version: LogVersion): void {
    this.host.copied(version, this.shard);
  }

  beganToLead(epoch: number): void {
    this.host.beganToLead(epoch, this.shard);
  }

  endedToLead(epoch: number): void {
    this.host.endedToLead(epoch, this.shard);
  }

  declaredDead(node: number, epoch: number): void {
    this.host.declaredDead({ node, epoch, shard: this.shard });
  }

  tookOver(failover: Omit<Parameters<Host['tookOver']>[0], 'shard'>): void {
    this.host.tookOver({ ...failover, shard: this.shard });
  }

  powerOff(node: number, restartAfterMs: number): void {
    this.host.powerOff(node, restartAfterMs);
  }

  noticed(kind: NoticeKind, about: number | null = null, figures: readonly number[] = []): void {
    this.host.noticed({ kind, about, figures, shard: this.shard });
  }

  recovered(recovery: Omit<FollowerRecovery, 'replica' | 'shard'>): void {
    this.host.recovered({ ...recovery, shard: this.shard });
  }

  caughtUp(): void {
    this.host.caughtUp();
  }

  stateChanged(name: string, value: string | number, about: number | null = null): void {
    this.host.stateChanged(name, value, about);
  }
}

const ABOUT_MAX = 65_536;

/** Shard and node in the one number that a timer has for its subject. */
function timerSubject(shard: number, about: number): number {
  return shard * ABOUT_MAX + about;
}

export function shardOfTimer({ subject }: Pick<Timer, 'subject'>): number {
  return Math.floor(subject / ABOUT_MAX);
}

export function nodeOfTimer({ subject }: Pick<Timer, 'subject'>): number {
  return subject % ABOUT_MAX;
}
