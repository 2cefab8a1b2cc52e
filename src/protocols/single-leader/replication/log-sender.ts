import type { LogEntry } from '../../../engine/message';
import type { Timer } from '../../../engine/timer';
import { forkOf } from '../log/epoch-history';
import type { Storage } from '../log/storage';
import {
  ENTRIES_PER_BATCH,
  Kind,
  TimerKind,
  type Append,
  type CopyAnswer,
  type CopyRequest,
  type FollowerOutline,
} from '../messages';
import type { Plan } from '../plan';
import type { ShardHost } from '../shard-host';
import type { SoftwareVersions } from './software-versions';
import { Standby } from './standby';

export interface SenderParts {
  readonly host: ShardHost;
  readonly plan: Plan;
  readonly storage: Storage;
  readonly versions: SoftwareVersions;
  readonly isLeading: () => boolean;
}

/** Entries that pile up before the log is cut: forgetting one by one would cost more than it gives. */
const ENTRIES_PER_TRIM = 256;

/**
 * Streams the log of a node to whoever follows it: of the leader, and of a follower that others follow (cascading replication).
 *
 * A follower says where its log ends; what is missing is sent in batches, then each entry as soon as it is flushed here.
 */
export class LogSender {
  /** By node, once it has followed this one. */
  private readonly standbys: (Standby | undefined)[] = [];
  private readonly copying: (Timer | undefined)[] = [];
  private readonly copies: (CopyAnswer | undefined)[] = [];
  /** Everything up to here was given to those on the live stream. */
  private streamed = 0;

  constructor(private readonly parts: SenderParts) {}

  /** Those that have followed this node, in the order of their numbers. */
  get all(): readonly Standby[] {
    return this.standbys.filter((standby) => standby !== undefined);
  }

  find(node: number): Standby | null {
    return this.standbys[node] ?? null;
  }

  /** That node has what this one has, and is on the live stream: so a run begins. */
  attach(node: number): void {
    const standby = this.standbyOf(node);
    const { storage } = this.parts;
    standby.restartAt(storage.flushed, storage);
    this.streamed = storage.flushed;
    standby.state = 'STREAMING';
  }

  /** Those nodes are to follow: nothing of the log is forgotten that one of them may need, if it has a slot. */
  expect(nodes: readonly number[]): void {
    for (const node of nodes) this.standbyOf(node);
  }

  /** More of the log is flushed: it goes to all that are on the live stream. */
  onFlushed(): void {
    const { storage } = this.parts;
    if (this.standbys.length === 0) this.streamed = storage.flushed;
    while (this.streamed < storage.flushed) this.give(storage.log.at(this.streamed + 1));
    if (storage.log.length >= this.parts.plan.keptEntries + ENTRIES_PER_TRIM) this.trim();
  }

  /** The next entry is flushed: it goes to all that are on the live stream. */
  give(entry: LogEntry): void {
    this.streamed = entry.lsn;
    for (let node = 0; node < this.standbys.length; node++) {
      const standby = this.standbys[node];
      if (standby?.state === 'STREAMING' && standby.sent < entry.lsn) this.append(standby, entry);
    }
  }

  onConnect(node: number, outline: FollowerOutline): void {
    const { host, storage, versions } = this.parts;
    const standby = this.standbyOf(node);
    this.cancelCopy(node);
    standby.heardAtMs = host.nowMs;
    standby.question = outline.question;
    this.turn(standby, 'CLOSED');
    const fork = forkOf({ starts: storage.log.epochs, end: storage.written }, outline);
    const hasAllAfter = fork >= storage.log.first - 1 && versions.canReadFrom(fork);
    if (!versions.areCompatible(outline.softwareVersion)) this.answer(standby, Kind.Incompatible);
    else if (fork === outline.end && hasAllAfter) this.beginCatchUp(standby, outline);
    else if (!this.parts.isLeading()) this.answer(standby, Kind.AskLeader);
    else if (fork < outline.end && hasAllAfter) this.answer(standby, Kind.Diverged).lsn = fork;
    else this.needsCopy(standby);
  }

  onAskCopy(node: number, { keys, question }: CopyRequest): void {
    const { host, storage, plan, isLeading } = this.parts;
    const standby = this.standbyOf(node);
    if (!isLeading()) {
      this.answer(standby, Kind.AskLeader);
      return;
    }
    standby.question = question;
    this.turn(standby, 'COPYING');
    standby.restartAt(storage.applied, storage);
    const bytes = storage.table.written(keys) * plan.valueBytes;
    this.copies[node] = {
      table: storage.table.copyOf(keys),
      lsn: storage.applied,
      epochs: storage.log.epochs,
      bytes,
    };
    const timer = (this.copying[node] ??= host.createTimer(TimerKind.Copied, node));
    host.setTimer(timer, (bytes / plan.settings.log.copyBytesPerSecond) * 1000);
  }

  /** The copy is made: it goes over, and its receiver connects anew. */
  onCopied(node: number): void {
    const copy = this.copies[node];
    const standby = this.standbyOf(node);
    if (copy === undefined || standby.state !== 'COPYING') return;
    this.copies[node] = undefined;
    const message = this.parts.host.stream(node, Kind.Copy);
    message.session = standby.question;
    message.attachment = copy;
  }

  /** It follows somebody else: nothing is sent to it nor kept for it any more. */
  onDisconnect(node: number): void {
    this.cancelCopy(node);
    this.standbys[node] = undefined;
  }

  onWritten(node: number, lsn: number): void {
    const standby = this.heard(node);
    if (standby === null) return;
    standby.written = Math.max(standby.written, lsn);
  }

  onFlushedAt(node: number, lsn: number): void {
    const standby = this.heard(node);
    if (standby === null) return;
    standby.flushed = Math.max(standby.flushed, lsn);
    if (standby.state === 'CATCH_UP' && standby.flushed >= standby.sent) this.sendBatch(standby);
  }

  onApplied(node: number, lsn: number): void {
    const standby = this.heard(node);
    if (standby === null) return;
    standby.applied = Math.max(standby.applied, lsn);
  }

  /** This node leads a new epoch: how far others were under an older one says nothing of what they have of this log. */
  restart(): void {
    this.close();
    for (const standby of this.all) standby.restartAt(0, { flushed: 0, applied: 0 });
  }

  /** The log of this follower is another one now, or its streams broke as it crashed: whoever follows it goes to the leader. */
  sendToLeader(): void {
    this.close();
    this.parts.versions.onCut(this.parts.storage.written);
    const { plan, host } = this.parts;
    // Also those that asked while this node was down, and that it knows nothing of.
    plan.upstreamOf.forEach((upstream, node) => {
      if (upstream === host.id) this.standbyOf(node);
    });
    for (const standby of this.all) this.answer(standby, Kind.AskLeader);
    this.standbys.length = 0;
  }

  /** Nobody follows any more: this node was down, or does not lead any more. */
  close(): void {
    for (const standby of this.all) this.turn(standby, 'CLOSED');
    this.copies.length = 0;
    for (const timer of this.copying) timer?.cancel();
    this.streamed = this.parts.storage.flushed;
  }

  private append(standby: Standby, entry: LogEntry): void {
    const append: Append = this.parts.host.stream(standby.node, Kind.Append, this.parts.plan.valuesPerEntry);
    append.epoch = entry.epoch;
    append.lsn = entry.lsn;
    append.key = entry.key;
    append.operation = entry.operation;
    append.effect = entry.effect;
    append.operand = entry.operand;
    append.timestampMs = entry.timestampMs;
    append.cause = entry.cause;
    standby.sent = entry.lsn;
  }

  private beginCatchUp(standby: Standby, outline: FollowerOutline): void {
    standby.restartAt(outline.end, outline);
    standby.target = this.parts.storage.flushed;
    this.turn(standby, 'CATCH_UP');
    this.sendBatch(standby);
  }

  /** With the batch that reaches the end of what is flushed the follower is live again: all else follows on the stream. */
  private sendBatch(standby: Standby): void {
    const { host, plan, storage } = this.parts;
    if (standby.sent + 1 < storage.log.first) {
      if (this.parts.isLeading()) this.needsCopy(standby);
      else this.answer(standby, Kind.AskLeader);
      return;
    }
    const through = Math.max(standby.sent, Math.min(storage.flushed, standby.sent + ENTRIES_PER_BATCH));
    const entries = storage.log.between(standby.sent, through);
    const batch = host.stream(standby.node, Kind.Entries, entries.length * plan.valuesPerEntry);
    batch.entries = entries;
    batch.target = standby.target;
    batch.session = standby.question;
    standby.sent = through;
    if (through >= storage.flushed) this.turn(standby, 'STREAMING');
  }

  private needsCopy(standby: Standby): void {
    const { storage, plan } = this.parts;
    this.turn(standby, 'CLOSED');
    this.answer(standby, Kind.NeedsCopy).target = storage.table.written(null) * plan.valueBytes;
  }

  private answer(standby: Standby, kind: number): { lsn: number; target: number } {
    const answer = this.parts.host.stream(standby.node, kind);
    answer.session = standby.question;
    return answer;
  }

  /** Forgets what is older than the node keeps, and nobody with a slot, nor itself, still needs. */
  private trim(): void {
    const { storage, plan } = this.parts;
    const { log } = storage;
    let through = Math.min(log.end - plan.keptEntries, storage.done);
    for (const standby of this.standbys) {
      if (standby === undefined) continue;
      if (plan.settings.log.slots || standby.state === 'COPYING')
        through = Math.min(through, standby.flushed);
    }
    log.forgetThrough(through);
  }

  /** Null if the log does not go to that node: what it reports is of another log, or of an older connection. */
  private heard(node: number): Standby | null {
    const standby = this.find(node);
    if (standby === null) return null;
    standby.heardAtMs = this.parts.host.nowMs;
    return standby.isConnected ? standby : null;
  }

  private cancelCopy(node: number): void {
    this.copies[node] = undefined;
    this.copying[node]?.cancel();
  }

  private standbyOf(node: number): Standby {
    return (this.standbys[node] ??= new Standby(node));
  }

  private turn(standby: Standby, state: Standby['state']): void {
    if (standby.state === state) return;
    standby.state = state;
    this.parts.host.stateChanged('STANDBY', state, standby.node);
  }
}
