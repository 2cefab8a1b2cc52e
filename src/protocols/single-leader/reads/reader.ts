import type { Found } from '../../../engine/speaking-node';
import type { Timer } from '../../../engine/timer';
import type { Storage } from '../log/storage';
import { Demand, Kind, TimerKind, type DemandingRead } from '../messages';
import type { Plan } from '../plan';
import type { ShardHost } from '../shard-host';
import { WaitingReads } from './waiting-reads';

export interface ReaderParts {
  readonly host: ShardHost;
  readonly plan: Plan;
  readonly storage: Storage;
  readonly isLeading: () => boolean;
}

/** Answers reads, if what the node has is what the session must be shown; else it waits, or sends the reader to the leader. */
export class Reader {
  private readonly waiting = new WaitingReads();
  private readonly patience: Timer;
  private readonly found = { epoch: 0, lsn: 0, operation: 0 };
  /** The leader's log ended at this LSN at that time of the leader's clock. */
  private beat = { lsn: 0, timestampMs: -Infinity };
  /** In which this node leads; 0 while it does not. */
  private epoch = 0;

  constructor(private readonly parts: ReaderParts) {
    this.patience = parts.host.createTimer(TimerKind.Patience);
  }

  onRead(read: DemandingRead): void {
    const { host, storage, isLeading, plan } = this.parts;
    if (!storage.isConsistent || (read.target === Demand.Leader && !isLeading())) host.refuse(read);
    else if (plan.settings.reads.policy === 'LAG_BOUNDED' && this.isTooLate()) this.sendToLeader(read);
    else if (this.shows(read)) this.answer(read);
    else if (isLeading()) host.refuse(read);
    else this.wait(read);
  }

  onHeartbeat({ lsn, timestampMs }: { readonly lsn: number; readonly timestampMs: number }): void {
    this.beat = { lsn, timestampMs };
  }

  /** Another node leads: what the last one said of its log says nothing of this one's. */
  onNewLeader(): void {
    this.beat = { lsn: 0, timestampMs: -Infinity };
    this.epoch = 0;
  }

  /** This node leads: it has everything there is from before, and what it has not is lost. */
  onLead(epoch: number): void {
    this.beat = { lsn: 0, timestampMs: this.parts.host.clockMs };
    this.epoch = epoch;
  }

  /** More is applied: some of those who wait need wait no longer. */
  onApplied(): void {
    if (this.waiting.isEmpty) return;
    this.waiting.takeIf(
      (read) => this.shows(read),
      (read) => {
        this.answer(read);
      },
    );
  }

  onPatienceOver(): void {
    const { nowMs } = this.parts.host;
    this.waiting.takeIf(
      ({ deadlineMs }) => deadlineMs <= nowMs,
      (read) => {
        this.sendToLeader(read);
      },
    );
    this.awaitNext();
  }

  onCrash(): void {
    this.waiting.clear();
    this.onNewLeader();
  }

  private answer(read: DemandingRead): void {
    const { host, storage } = this.parts;
    const { table, log } = storage;
    const { found } = this;
    found.lsn = table.lsnAt(read.key);
    found.epoch = log.epochAt(found.lsn);
    found.operation = table.operationAt(read.key);
    const answer = host.answerRead(read, found satisfies Found, table.valueFor(read.key));
    answer.timestampMs = table.timestampAt(read.key);
    answer.cause = table.causeAt(read.key);
  }

  /** It has applied what the session has seen before, by its place in the log or by its time. */
  private shows(read: Pick<DemandingRead, 'epoch' | 'lsn' | 'timestampMs'>): boolean {
    const { storage } = this.parts;
    if (read.timestampMs > -Infinity && this.freshMs() < read.timestampMs) return false;
    if (read.lsn === 0) return true;
    if (this.epoch > read.epoch) return true;
    const { epoch, lsn } = storage.appliedVersion;
    return epoch > read.epoch || (epoch === read.epoch && lsn >= read.lsn);
  }

  /** Up to when, by the leader's clock, it has everything. */
  private freshMs(): number {
    const { storage } = this.parts;
    const beatMs = storage.applied >= this.beat.lsn ? this.beat.timestampMs : -Infinity;
    return Math.max(beatMs, storage.appliedTimestampMs);
  }

  private isTooLate(): boolean {
    const { host, plan, isLeading } = this.parts;
    return !isLeading() && host.clockMs - this.freshMs() > plan.settings.reads.maxLagMs;
  }

  private wait(read: DemandingRead): void {
    const { host, plan } = this.parts;
    const isFirst = this.waiting.isEmpty;
    this.waiting.add(read, host.nowMs + plan.settings.reads.waitMs);
    if (isFirst) this.awaitNext();
  }

  private awaitNext(): void {
    const { host } = this.parts;
    const { soonestMs } = this.waiting;
    if (soonestMs < Infinity) host.setTimer(this.patience, Math.max(0, soonestMs - host.nowMs));
  }

  private sendToLeader(read: Pick<DemandingRead, 'from' | 'operation' | 'session'>): void {
    const answer = this.parts.host.send(read.from, Kind.TooFarBehind);
    answer.operation = read.operation;
    answer.session = read.session;
  }
}
