import type { LogEntry } from '../../../engine/message';
import type { Timer } from '../../../engine/timer';
import type { Storage } from '../log/storage';
import { Kind, TimerKind, type DemandingWrite, type Heartbeat } from '../messages';
import type { Plan } from '../plan';
import type { LogSender } from '../replication/log-sender';
import type { ShardHost } from '../shard-host';
import { AcknowledgementRule } from './acknowledgement-rule';
import { WaitingClients } from './waiting-clients';

export interface LeadingParts {
  readonly host: ShardHost;
  readonly plan: Plan;
  readonly storage: Storage;
  readonly sender: LogSender;
}

/** Two writes of one leader never bear the same time: so their times have the order of the log. */
const TIMESTAMP_STEP_MS = 0.001;

/** What a leader does while it leads: orders the writes, makes them durable, and acknowledges them when enough nodes have them. */
export class Leading {
  private readonly waiting = new WaitingClients();
  private readonly rule: AcknowledgementRule;
  private readonly heartbeat: Timer;
  private readonly semiSync: Timer;
  private epoch = 0;
  private lastTimestampMs = -Infinity;
  /** It waits for followers. */
  private isWaiting = true;
  private isTiming = false;
  /** A write is acknowledged when it is flushed here. */
  private readonly isLocal: boolean;
  /** Its readers see a write when it is flushed here. */
  private readonly isVisibleAtOnce: boolean;

  constructor(private readonly parts: LeadingParts) {
    const { host, plan, sender } = parts;
    this.isVisibleAtOnce = plan.settings.acknowledgement.waitPoint === 'AFTER_COMMIT';
    this.rule = new AcknowledgementRule({ plan, sender, node: host.id, time: host });
    this.isLocal = this.rule.isLocal;
    this.heartbeat = host.createBackgroundTimer(TimerKind.Heartbeat);
    this.semiSync = host.createTimer(TimerKind.SemiSync);
  }

  /** It leads from now on, with all of its log: whoever waited for an entry of it waited elsewhere. */
  begin(epoch: number): void {
    const { storage } = this.parts;
    this.epoch = epoch;
    storage.acknowledged = storage.written;
    this.lastTimestampMs = storage.appliedTimestampMs;
    this.waiting.restartAfter(storage.written);
    this.isWaiting = true;
    this.isTiming = false;
    this.parts.host.setTimer(this.heartbeat, 0);
  }

  end(): void {
    this.parts.storage.acknowledged = Infinity;
    this.heartbeat.cancel();
    this.semiSync.cancel();
  }

  onWrite(write: DemandingWrite): void {
    const { storage, host } = this.parts;
    this.lastTimestampMs = Math.max(host.clockMs, this.lastTimestampMs + TIMESTAMP_STEP_MS);
    storage.log.append({
      epoch: this.epoch,
      key: write.key,
      operation: write.operation,
      effect: write.effect,
      operand: write.operand,
      timestampMs: this.lastTimestampMs,
      cause: write.cause,
    });
    this.waiting.add(write, host.nowMs);
    storage.persist();
  }

  /** Everything up to an LSN is durable here, and behind `before` it is so since now. */
  onFlushed(before: number): void {
    const { storage, host, sender } = this.parts;
    for (let lsn = before + 1; lsn <= storage.flushed; lsn++) {
      const entry = storage.log.at(lsn);
      host.committed(entry);
      if (this.isLocal) this.acknowledge(entry);
      else if (this.isVisibleAtOnce) storage.apply(entry);
      sender.give(entry);
    }
    storage.told = storage.flushed;
    if (this.isLocal) return;
    this.advance();
    this.timeOldest();
  }

  /** Acknowledges what may be acknowledged; called whenever a follower has said how far it is. */
  advance(): void {
    const { storage } = this.parts;
    const { flushed } = storage;
    if (this.isLocal || (this.isWaiting && storage.acknowledged === flushed)) return;
    const position = this.rule.position();
    if (!this.isWaiting && position >= flushed) this.waitAgain();
    const through = this.isWaiting ? Math.min(flushed, position) : flushed;
    while (storage.acknowledged < through) this.acknowledge(storage.log.at(storage.acknowledged + 1));
  }

  onHeartbeatDue(): void {
    const { host, plan } = this.parts;
    host.undertake(Kind.Beat, { lsn: 0, work: 1 });
    host.setTimer(this.heartbeat, plan.beatMs);
  }

  /** The work of a sign of life is done: an overloaded leader shows it late. */
  onBeat(): void {
    const { host, plan, storage } = this.parts;
    const timestampMs = this.flushedMs();
    for (let node = 0; node < plan.nodes; node++) {
      if (node === host.id) continue;
      const heartbeat: Heartbeat = host.sendInBackground(node, Kind.Heartbeat);
      heartbeat.epoch = this.epoch;
      heartbeat.lsn = storage.flushed;
      heartbeat.timestampMs = timestampMs;
    }
  }

  /** The oldest write has waited long enough, or a later one is the oldest now. */
  onSemiSyncTimeout(): void {
    const { host, storage, plan } = this.parts;
    this.isTiming = false;
    if (storage.acknowledged === storage.flushed) return;
    if (this.oldestWaitedMs() < plan.settings.acknowledgement.timeoutMs) {
      this.timeOldest();
      return;
    }
    this.isWaiting = false;
    host.noticed('SEMI_SYNC_OFF');
    this.advance();
  }

  /** Whatever bears this time or an earlier one is flushed: of what is being flushed, and of what is yet to come, nothing does. */
  private flushedMs(): number {
    const { host, storage } = this.parts;
    if (storage.written > storage.flushed)
      return storage.log.timestampAt(storage.flushed + 1) - TIMESTAMP_STEP_MS;
    this.lastTimestampMs = Math.max(this.lastTimestampMs, host.clockMs);
    return host.clockMs;
  }

  private waitAgain(): void {
    this.isWaiting = true;
    this.parts.host.noticed('SEMI_SYNC_ON');
  }

  private acknowledge(entry: LogEntry): void {
    const { storage, host } = this.parts;
    storage.acknowledged = entry.lsn;
    if (storage.applied < entry.lsn) storage.apply(entry);
    host.acknowledgeWrite(this.waiting.take(entry), entry).timestampMs = entry.timestampMs;
  }

  private timeOldest(): void {
    const { host, storage, plan } = this.parts;
    const { mode, timeoutMs } = plan.settings.acknowledgement;
    if (mode !== 'SEMI_SYNC' || this.isTiming || !this.isWaiting) return;
    if (storage.acknowledged === storage.flushed) return;
    this.isTiming = true;
    // Never so soon that the time of the run does not move.
    host.setTimer(this.semiSync, Math.max(TIMESTAMP_STEP_MS, timeoutMs - this.oldestWaitedMs()));
  }

  private oldestWaitedMs(): number {
    return this.parts.host.nowMs - this.waiting.oldestSinceMs;
  }
}
