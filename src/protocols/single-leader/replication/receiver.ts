import type { LogEntry } from '../../../engine/message';
import { forkOf } from '../log/epoch-history';
import type { Storage } from '../log/storage';
import {
  Kind,
  type About,
  type Answering,
  type Append,
  type CopyAnswer,
  type CopyRequest,
  type Diverged,
  type Entries,
  type FollowerOutline,
  type Heartbeat,
  type NeedsCopy,
  type Position,
} from '../messages';
import type { Plan } from '../plan';
import type { ShardHost } from '../shard-host';
import type { Applier } from './applier';
import type { LogSender } from './log-sender';
import { Recovery } from './recovery';

export interface ReceiverParts {
  readonly host: ShardHost;
  readonly plan: Plan;
  readonly storage: Storage;
  readonly applier: Applier;
  /** To those who follow this follower. */
  readonly sender: LogSender;
}

/**
 * CLOSED: it takes nothing from anybody. ASKED: it has told its upstream where it stands. COPYING: it waits for a copy, after
 * which its log goes on from where the copy was made. RECEIVING: the log comes. INCOMPATIBLE: it cannot read that log.
 */
type State = 'CLOSED' | 'ASKED' | 'COPYING' | 'RECEIVING' | 'INCOMPATIBLE';

/** Writes the log of an upstream to its own, in order, and reports how far it is. */
export class Receiver {
  private state: State = 'CLOSED';
  private leader = 0;
  /** Its own node: nobody yet. */
  private upstream: number;
  /** Counts what it asked: only what answers the last of it counts. */
  private question = 0;
  /** What the upstream had when the catch-up began, −1 until it says so. */
  private target = -1;
  private readonly recovery: Recovery;
  /** Signs of life since it got any further, though the leader was ahead. */
  private standstill = 0;
  private writtenAtBeat = 0;
  /** Whose log it cannot read, as that one said; null if nobody's. It asks again and again. */
  private incompatibleWith: number | null = null;
  /** Of the copy that it waits for. */
  private copiesAll = true;

  constructor(private readonly parts: ReceiverParts) {
    this.recovery = new Recovery(parts.host);
    this.upstream = parts.host.id;
  }

  /** Whom it gets its log from. */
  get source(): number {
    return this.upstream;
  }

  /** It can apply what its leader writes. */
  get isCompatible(): boolean {
    return this.incompatibleWith !== this.upstream;
  }

  /** It is on the stream of its upstream with nothing missing, as far as it knows. */
  get isLive(): boolean {
    const { storage } = this.parts;
    return (
      this.state === 'RECEIVING' && storage.applied >= this.target && storage.applied === storage.written
    );
  }

  /** Whatever its upstream had when it asked, it has. */
  get hasTarget(): boolean {
    return this.state === 'RECEIVING' && this.parts.storage.written >= this.target;
  }

  /** 1: it runs again, after it had been down. */
  recover(): void {
    // It may have been upgraded meanwhile.
    this.incompatibleWith = null;
    this.recovery.begin();
    this.parts.host.stateChanged('REPLICATION', 'CATCHING_UP');
  }

  /** 2: it has read where its log ends. */
  positionKnown(): void {
    this.recovery.positionKnown();
  }

  /** A run begins: it has what that node has, and is on its stream. */
  attach(leader: number, upstream: number): void {
    this.leader = leader;
    this.upstream = upstream;
    this.state = 'RECEIVING';
  }

  /** Gets the log of that leader from now on, from it or from another follower. */
  follow(leader: number, upstream: number): void {
    const { storage } = this.parts;
    this.leader = leader;
    storage.distrustCopy();
    this.ask(storage.damaged.length > 0 ? leader : upstream);
  }

  /** Nobody but the leader can send what it lacks. */
  onAskLeader({ from }: Pick<Position, 'from'>): void {
    if (from === this.upstream && from !== this.leader && this.state !== 'CLOSED') this.ask(this.leader);
  }

  /** Takes nothing any more: it has promised to follow another leader, or leads. */
  close(): void {
    this.turn('CLOSED');
  }

  /** The node leads: what it was recovering from does not matter any more. */
  leave(): void {
    this.close();
    this.recovery.abandon();
  }

  onCrash(): void {
    this.leave();
  }

  onAppend(append: Append): void {
    if (!this.takesFrom(append) || !this.receive(append)) return;
    this.parts.storage.persist();
    this.reportWritten();
  }

  /** A whole batch is written before it is flushed. */
  onEntries({ from, session, entries, target }: Entries): void {
    if (!this.isAnswered({ from, session })) return;
    this.understood(from);
    this.turn('RECEIVING');
    this.target = target;
    let received = 0;
    for (const entry of entries ?? []) if (this.receive(entry)) received++;
    this.recovery.answered(received);
    if (received > 0) this.parts.storage.persist();
    if (received > 0) this.reportWritten();
    this.parts.applier.onFlushed();
    this.checkCaughtUp();
  }

  /** Its log has a tail that the upstream's has not: that goes, and whatever it had changed is copied. */
  onDiverged({ from, session, lsn: fork }: Diverged): void {
    const { log } = this.parts.storage;
    if (!this.isAnswered({ from, session })) return;
    this.understood(from);
    if (fork < log.first - 1) this.askCopy('FULL');
    else {
      this.discardAfter(fork);
      this.ask(from);
    }
  }

  onNeedsCopy({ from, session, target: bytes }: NeedsCopy): void {
    if (!this.isAnswered({ from, session })) return;
    this.understood(from);
    this.askCopy('FULL', [bytes]);
  }

  onIncompatible({ from, session }: Answering): void {
    if (!this.isAnswered({ from, session })) return;
    if (this.incompatibleWith !== from) this.parts.host.noticed('INCOMPATIBLE', from);
    this.incompatibleWith = from;
    this.turn('INCOMPATIBLE');
  }

  onCopy({ from, session, attachment: copy }: About<CopyAnswer> & Answering): void {
    if (from !== this.upstream || this.state !== 'COPYING' || session !== this.question) return;
    const { host, storage, applier } = this.parts;
    if (this.copiesAll) this.replaceBy(copy);
    else storage.mend(copy.table, copy.lsn);
    host.noticed(this.copiesAll ? 'FULL_COPY_ENDED' : 'REWIND_ENDED', from, [copy.bytes]);
    this.recovery.copied(copy.bytes);
    applier.restart();
    this.ask(from);
  }

  /** More of its own log is flushed. */
  onFlushed(): void {
    this.report(Kind.Flushed, this.parts.storage.flushed);
    this.parts.applier.onFlushed();
  }

  onApplied(): void {
    const { plan, storage } = this.parts;
    if (plan.settings.acknowledgement.await === 'REMOTE_APPLY') this.report(Kind.Applied, storage.applied);
    this.checkCaughtUp();
  }

  /** A sign of life says where the leader's log ends: whoever is not there and gets no further asks again. */
  onHeartbeat({ from, lsn }: Heartbeat): void {
    const { storage, plan, host } = this.parts;
    if (this.state === 'CLOSED') {
      this.ask(from);
      return;
    }
    if (this.state === 'RECEIVING')
      host.streamInBackground(this.upstream, Kind.Flushed).lsn = storage.flushed;
    this.leader = from;
    const isStill = storage.written !== lsn && storage.written === this.writtenAtBeat;
    this.standstill = isStill || this.state !== 'RECEIVING' ? this.standstill + 1 : 0;
    this.writtenAtBeat = storage.written;
    // A copy takes as long as it takes, unless whoever makes it has been replaced or was down meanwhile: then he is asked anew.
    const patience = this.state === 'COPYING' ? Infinity : plan.settings.failover.misses;
    if (this.state === 'INCOMPATIBLE' || this.standstill > patience) this.ask(from);
  }

  /** That one would not have answered so if its log could not be read here. */
  private understood(from: number): void {
    if (this.incompatibleWith !== null) this.parts.host.noticed('COMPATIBLE', from);
    this.incompatibleWith = null;
  }

  private ask(upstream: number): void {
    const { host, storage } = this.parts;
    if (upstream !== this.upstream) this.disconnect();
    this.upstream = upstream;
    this.recovery.positionKnown();
    if (storage.damaged.length > 0) {
      this.askCopy('REWIND');
      return;
    }
    this.turn('ASKED');
    this.target = -1;
    this.standstill = 0;
    this.writtenAtBeat = storage.written;
    const outline: FollowerOutline = {
      question: ++this.question,
      starts: storage.log.epochs,
      end: storage.written,
      flushed: storage.flushed,
      applied: storage.applied,
      softwareVersion: host.softwareVersion,
    };
    const connect = host.stream(upstream, Kind.Connect);
    connect.lsn = outline.end;
    connect.attachment = outline;
  }

  /** Whom it followed need not send, nor keep, anything for it any more. */
  private disconnect(): void {
    const { host } = this.parts;
    if (this.upstream !== host.id) host.stream(this.upstream, Kind.Disconnect);
  }

  private takesFrom({ from }: { readonly from: number }): boolean {
    return from === this.upstream && this.state !== 'CLOSED' && this.state !== 'COPYING';
  }

  private isAnswered({ from, session }: Answering): boolean {
    return this.takesFrom({ from }) && session === this.question;
  }

  /** Entries behind a gap belong to a stream that broke, known ones to a catch-up: neither counts. */
  private receive(entry: LogEntry): boolean {
    const { log } = this.parts.storage;
    if (this.state !== 'RECEIVING' || entry.lsn !== log.end + 1) return false;
    log.append(entry);
    return true;
  }

  private replaceBy(copy: CopyAnswer): void {
    const { host, storage, sender } = this.parts;
    const { log } = storage;
    const fork = forkOf({ starts: log.epochs, end: log.end }, { starts: copy.epochs, end: copy.lsn });
    if (fork < log.end) this.discardAfter(fork);
    storage.replace(copy.table, { ...copy, common: fork });
    sender.sendToLeader();
    if (copy.lsn > 0) host.copied(storage.appliedVersion);
  }

  private askCopy(what: 'FULL' | 'REWIND', figures: readonly number[] = []): void {
    const { host, storage } = this.parts;
    this.turn('COPYING');
    this.copiesAll = what === 'FULL';
    host.noticed(this.copiesAll ? 'FULL_COPY_BEGAN' : 'REWIND_BEGAN', this.upstream, figures);
    const request: CopyRequest = {
      question: ++this.question,
      keys: this.copiesAll ? null : storage.damaged,
    };
    host.stream(this.upstream, Kind.AskCopy).attachment = request;
  }

  /**
   * Whatever of the tail had been durable was told to be committed or applied. Of what the log has forgotten of it, nothing is
   * left to cut: a copy replaces it.
   */
  private discardAfter(fork: number): void {
    const { host, storage, applier, sender } = this.parts;
    const { flushed, log } = storage;
    for (let lsn = fork + 1; lsn <= flushed; lsn++) {
      const write = log.writeAt(lsn);
      if (write !== null) host.discarded(write);
    }
    if (flushed > fork) host.noticed('TAIL_DISCARDED', this.upstream, [fork + 1, flushed]);
    storage.truncateAfter(Math.max(fork, log.first - 1));
    applier.restart();
    sender.sendToLeader();
  }

  private reportWritten(): void {
    const { plan, storage } = this.parts;
    if (plan.settings.acknowledgement.await === 'REMOTE_WRITE') this.report(Kind.Written, storage.written);
  }

  /** The upstream takes note as it arrives: a report is no work that waits its turn. */
  private report(kind: number, position: number): void {
    if (this.state === 'RECEIVING') this.parts.host.stream(this.upstream, kind).lsn = position;
  }

  private checkCaughtUp(): void {
    const { storage, host } = this.parts;
    if (!this.recovery.isUnderWay || this.target < 0 || storage.applied < this.target) return;
    this.recovery.caughtUp();
    if (!this.isLive) return;
    host.stateChanged('REPLICATION', 'CAUGHT_UP');
    host.caughtUp();
    this.recovery.live();
  }

  private turn(state: State): void {
    this.state = state;
  }
}
