import type { Cause, Message } from '../../engine/message';
import type { Timer } from '../../engine/timer';
import type { WriteId } from '../../model/observer';
import type { Value } from '../../model/value';
import type { Version } from '../../model/version';
import { Membership, type Member } from './failover/membership';
import { Inbox } from './inbox';
import { Announcement } from './leading/announcement';
import { Leading } from './leading/leading';
import { logVersionOf } from './log/replication-log';
import { Storage } from './log/storage';
import {
  FIRST_EPOCH,
  Kind,
  TimerKind,
  type Heartbeat,
  type Leadership,
  type DemandingRead,
  type DemandingWrite,
} from './messages';
import type { Plan } from './plan';
import { Reader } from './reads/reader';
import { Applier } from './replication/applier';
import { LogSender } from './replication/log-sender';
import { Receiver } from './replication/receiver';
import { SoftwareVersions } from './replication/software-versions';
import type { ShardHost } from './shard-host';
import { nodeOfTimer } from './shard-host';

/** What a replica must ask of those of other shards on its node. */
export interface Neighbours {
  hasApplied(cause: Cause): boolean;
  /** A replica has applied more, or what it lacks is known to be lost: another may have waited for it. */
  onApplied(): void;
}

/** A node has elected itself, and leads when it has applied all it has. */
interface Promotion {
  readonly epoch: number;
  readonly electedAtMs: number;
  readonly before: Leadership;
}

/** One node's replica of one shard: leader or follower, as it comes. The rules are in README.md. */
export class Replica implements Member {
  isLeading = false;
  /** It was down, and reads where its log ends: it asks nobody for anything yet. */
  private isReading = false;
  readonly storage: Storage;
  private readonly versions: SoftwareVersions;
  readonly sender: LogSender;
  private readonly applier: Applier;
  private readonly receiver: Receiver;
  private readonly leading: Leading;
  private readonly reader: Reader;
  private readonly membership: Membership;
  private readonly inbox: Inbox;
  private readonly announcement: Announcement;
  private promotion: Promotion | null = null;

  constructor(
    readonly host: ShardHost,
    private readonly plan: Plan,
    private readonly neighbours: Neighbours,
  ) {
    const { settings, keys } = plan;
    const hasTimestamps = settings.reads.policy === 'TIMESTAMP_TOKEN';
    const { format, nonDeterministicShare: share } = settings.log;
    const nonDeterministicShare = format === 'STATEMENT' ? share : 0;
    const storage = new Storage(host, { keys, hasTimestamps, nonDeterministicShare });
    const versions = new SoftwareVersions(host, settings.log.format);
    const sender = new LogSender({ host, plan, storage, versions, isLeading: () => this.isLeading });
    this.storage = storage;
    this.versions = versions;
    this.sender = sender;
    this.applier = new Applier({
      host,
      plan,
      storage,
      hasApplied: (cause) => neighbours.hasApplied(cause),
      onApplied: () => {
        this.onApplied();
      },
    });
    this.receiver = new Receiver({ host, plan, storage, applier: this.applier, sender });
    this.leading = new Leading({ host, plan, storage, sender });
    this.reader = new Reader({ host, plan, storage, isLeading: () => this.isLeading });
    this.membership = new Membership(
      { host, plan, member: this },
      { epoch: FIRST_EPOCH, leader: plan.leader },
    );
    this.announcement = new Announcement(host, plan);
    const { applier, receiver, leading, membership } = this;
    this.inbox = new Inbox({
      ...{ sender, receiver, applier, leading, membership },
      isLeading: () => this.isLeading,
      onPositionFound: () => {
        this.onPositionFound();
      },
      onCatchUp: () => {
        neighbours.onApplied();
      },
    });
  }

  /** The run begins, with the log that the node has from before it. */
  start(): void {
    const { plan, host, storage } = this;
    storage.preload(plan.initialLsn[host.id], FIRST_EPOCH);
    this.applier.restart();
    this.sender.close();
    const isFirstLeader = host.id === plan.leader;
    this.attachFollowers();
    if (isFirstLeader) this.beginToLead(FIRST_EPOCH);
    else this.attachTo(this.upstreamUnder(plan.leader));
    this.membership.watch();
  }

  onRead(read: DemandingRead): void {
    this.reader.onRead(read);
  }

  onWrite(write: DemandingWrite): void {
    if (this.isLeading) this.leading.onWrite(write);
    else this.host.refuse(write);
  }

  onMessage(message: Message): void {
    this.inbox.deliver(message);
  }

  onTimer(timer: Timer): void {
    switch (timer.kind) {
      case TimerKind.Heartbeat:
        this.leading.onHeartbeatDue();
        break;
      case TimerKind.SemiSync:
        this.leading.onSemiSyncTimeout();
        break;
      case TimerKind.Redirection:
        this.announcement.redirect();
        break;
      case TimerKind.Copied:
        this.sender.onCopied(nodeOfTimer(timer));
        break;
      case TimerKind.Patience:
        this.reader.onPatienceOver();
        break;
      default:
        this.membership.onTimer(timer.kind);
    }
  }

  onPersisted(position: number): void {
    const { storage } = this;
    const before = storage.flushed;
    storage.onPersisted(position);
    if (storage.flushed === before) return;
    if (this.isLeading) this.leading.onFlushed(before);
    else this.receiver.onFlushed();
    this.sender.onFlushed();
  }

  onCrash(): void {
    if (this.isLeading) this.leading.end();
    this.isLeading = false;
    this.promotion = null;
    this.storage.forgetUnflushed();
    this.sender.close();
    this.receiver.onCrash();
    this.reader.onCrash();
    this.membership.onCrash();
  }

  /** First it reads where its log ends. */
  onRestart(): void {
    this.versions.onRestart(this.storage.written);
    this.applier.restart();
    this.receiver.recover();
    this.isReading = true;
    this.host.undertake(Kind.FindPosition, { lsn: this.storage.written, work: 1 });
  }

  /** It goes to the leader that it knows, perhaps since now, or asks whether it still leads. */
  private onPositionFound(): void {
    const { known } = this.membership;
    this.isReading = false;
    this.receiver.positionKnown();
    this.sender.sendToLeader();
    if (known.leader !== this.host.id) {
      this.receiver.follow(known.leader, this.upstreamUnder(known.leader));
      this.membership.onRestart();
    } else if (this.plan.settings.failover.enabled) this.membership.onRestart();
    else this.resume(known.epoch);
  }

  /** More was applied on another shard of this node. */
  drain(): void {
    this.applier.drain();
  }

  /** Whether a write of this shard, which another one answers, need not be waited for any more: it is applied, or lost. */
  hasApplied(cause: Cause): boolean {
    const { storage } = this;
    if (storage.log.includes(cause, storage.applied)) return true;
    if (storage.log.includes(cause, storage.written)) return false;
    return this.membership.known.epoch > cause.epoch && (this.isLeading || this.receiver.hasTarget);
  }

  versionOf(key: number): Version | null {
    const { table, log } = this.storage;
    const lsn = table.lsnAt(key);
    return lsn === 0 ? null : { epoch: log.epochAt(lsn), lsn };
  }

  holds({ version }: WriteId): boolean {
    return this.storage.holds(logVersionOf(version));
  }

  valueFor(key: number): Value {
    return this.storage.table.valueFor(key);
  }

  get retainedEntries(): number {
    return this.storage.log.length;
  }

  /** Whom it gets its log from just now. */
  get source(): number {
    return this.receiver.source;
  }

  /** The epoch in which it leads, or follows. */
  get epoch(): number {
    return this.membership.known.epoch;
  }

  /** Whom it gets its log from under that leader. */
  private upstreamUnder(leader: number): number {
    const upstream = this.plan.upstreamOf[this.host.id];
    return upstream === null || upstream === this.host.id ? leader : upstream;
  }

  get isEligible(): boolean {
    return this.storage.isConsistent && this.receiver.isCompatible;
  }

  get lastEpoch(): number {
    return this.storage.log.epochAt(this.storage.written);
  }

  get end(): number {
    return this.storage.written;
  }

  follow(leader: number): void {
    this.promotion = null;
    this.reader.onNewLeader();
    if (!this.isReading) this.receiver.follow(leader, this.upstreamUnder(leader));
  }

  onHeartbeat(heartbeat: Heartbeat): void {
    this.reader.onHeartbeat(heartbeat);
    if (!this.isReading) this.receiver.onHeartbeat(heartbeat);
  }

  stopReceiving(): void {
    this.receiver.close();
  }

  promote(promotion: Promotion): void {
    this.promotion = promotion;
    if (this.storage.written > this.storage.flushed) this.storage.persist();
    // What its log has is true from now on, even if what it answers is lost.
    this.applier.waitForNothing();
    this.finishPromotion();
  }

  resume(epoch: number): void {
    const { storage, host } = this;
    while (storage.applied < storage.flushed) storage.applyNext();
    this.applier.restart();
    host.stateChanged('REPLICATION', 'LEADING');
    this.beginToLead(epoch);
    this.announcement.make(epoch);
  }

  stepDown({ leader, epoch }: Leadership): void {
    const { host, storage } = this;
    this.leading.end();
    this.isLeading = false;
    this.announcement.withdraw();
    this.reader.onNewLeader();
    host.endedToLead(this.membership.known.epoch);
    host.noticed('STEPPED_DOWN', leader < 0 ? null : leader, [epoch]);
    storage.forgetUnflushed();
    this.sender.sendToLeader();
    this.applier.restart();
  }

  private onApplied(): void {
    this.reader.onApplied();
    if (!this.isLeading) this.receiver.onApplied();
    this.finishPromotion();
    this.neighbours.onApplied();
  }

  /** Those that follow this node at the beginning, and need nothing that it has not sent. */
  private attachFollowers(): void {
    const { plan, host, sender } = this;
    for (let node = 0; node < plan.nodes; node++) {
      const upstream = plan.upstreamOf[node] ?? plan.leader;
      if (node === plan.leader || upstream !== host.id) continue;
      sender.expect([node]);
      if (plan.initialLsn[node] === plan.initialLsn[host.id]) sender.attach(node);
    }
  }

  private attachTo(upstream: number): void {
    const { plan, host, receiver } = this;
    if (plan.initialLsn[host.id] === plan.initialLsn[upstream]) receiver.attach(plan.leader, upstream);
    else receiver.follow(plan.leader, upstream);
  }

  private finishPromotion(): void {
    const { promotion, storage } = this;
    if (promotion === null || storage.applied < storage.written) return;
    this.promotion = null;
    const { epoch, before, electedAtMs } = promotion;
    // It took so long that others have held another election, and had this node promise.
    if (this.membership.promised !== epoch) return;
    this.beginToLead(epoch);
    this.sender.restart();
    if (before.leader !== this.host.id)
      this.host.tookOver({ oldLeader: before.leader, oldEpoch: before.epoch, epoch, electedAtMs });
    this.host.noticed('BEGAN_TO_LEAD', null, [epoch]);
    this.announcement.make(epoch);
    this.neighbours.onApplied();
  }

  private beginToLead(epoch: number): void {
    const { plan, host, sender } = this;
    this.isLeading = true;
    this.receiver.leave();
    this.membership.leads(epoch);
    this.reader.onLead(epoch);
    sender.expect(plan.followersOf[host.id]);
    host.beganToLead(epoch);
    this.leading.begin(epoch);
    this.neighbours.onApplied();
  }
}
