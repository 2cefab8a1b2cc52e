import type { Timer } from '../../../engine/timer';
import {
  Kind,
  TimerKind,
  type About,
  type Heartbeat,
  type Lead,
  type Leadership,
  type Outdated,
  type PromiseAnswer,
  type Proposal,
  type Standing,
} from '../messages';
import type { Plan } from '../plan';
import type { ShardHost } from '../shard-host';
import { Election, type Elector } from './election';

/** What the node does when it learns who leads. */
export interface Member {
  readonly isLeading: boolean;
  /** It can apply all of its log, and its data are those of one moment. */
  readonly isEligible: boolean;
  readonly lastEpoch: number;
  readonly end: number;
  /** Another node leads. */
  follow(leader: number): void;
  onHeartbeat(heartbeat: Heartbeat): void;
  stopReceiving(): void;
  /** It is to lead as soon as it has applied all of its log. */
  promote(leadership: {
    readonly epoch: number;
    readonly electedAtMs: number;
    readonly before: Leadership;
  }): void;
  /** It was down, and still leads. */
  resume(epoch: number): void;
  /** It led until now. */
  stepDown(leadership: Leadership): void;
}

export interface MembershipParts {
  readonly host: ShardHost;
  readonly plan: Plan;
  readonly member: Member;
}

/** Nobody is known to lead an epoch yet: somebody was only promised it. */
const NOBODY = -1;

/** What a node knows of who leads, how it misses the leader, and how it hears of another one. */
export class Membership implements Elector {
  /** Durable, and so is what was promised: a node writes both to its disk before it speaks of them. */
  known: Leadership;
  promised: number;
  private readonly election: Election;
  private readonly silence: Timer;
  private readonly stepDown: Timer;
  /** The leader was missed, and has not been heard since. */
  private isSilent = false;
  /** Who leads instead of this node, which nobody fences and which goes on for a while. */
  private successor: Leadership | null = null;

  constructor(
    private readonly parts: MembershipParts,
    known: Leadership,
  ) {
    const { host, plan } = parts;
    this.known = known;
    this.promised = known.epoch;
    this.election = new Election({ host, plan, elector: this });
    this.silence = host.createBackgroundTimer(TimerKind.Silence);
    this.stepDown = host.createTimer(TimerKind.StepDown);
  }

  /** A run begins, or this node follows again. */
  watch(): void {
    const { host, plan, member } = this.parts;
    this.isSilent = false;
    if (plan.settings.failover.enabled && !member.isLeading) host.setTimer(this.silence, plan.timeoutMs);
  }

  onCrash(): void {
    this.election.stop();
    this.isSilent = false;
    this.successor = null;
  }

  /** A node that led finds out whether it still does; any other one watches its leader. */
  onRestart(): void {
    if (this.known.leader === this.parts.host.id) this.election.poll();
    else this.watch();
  }

  /** The leader says that it leads. */
  onLead({ from, epoch }: Lead): void {
    if (this.isFenced(epoch)) this.tellOldLeader(from);
    else if (epoch > this.known.epoch) this.learn({ epoch, leader: from });
    else if (!this.election.isStanding) this.parts.member.follow(from);
  }

  onHeartbeat(heartbeat: Heartbeat): void {
    const { from, epoch } = heartbeat;
    if (epoch > this.known.epoch) this.learn({ epoch, leader: from });
    if (this.isFenced(epoch)) this.tellOldLeader(from);
    else if (from === this.known.leader && !this.election.isStanding) {
      if (this.election.isUnderWay) this.election.stop();
      this.watch();
      this.parts.member.onHeartbeat(heartbeat);
    }
  }

  /** There is a newer epoch, or somebody was promised one. */
  onOutdated({ epoch, target: leader }: Outdated): void {
    if (leader !== NOBODY) this.learn({ epoch, leader });
    else if (epoch > this.known.epoch && this.parts.member.isLeading) {
      const { member, host } = this.parts;
      this.promised = Math.max(this.promised, epoch);
      member.stepDown({ epoch, leader: NOBODY });
      // It was given up by those who promised somebody else, perhaps before they knew of it.
      host.declaredDead(host.id, this.known.epoch);
      this.election.poll();
    }
  }

  onPoll(poll: About<Proposal>): void {
    if (this.knowsBetter(poll)) return;
    this.election.onPoll(poll);
  }

  onStanding(standing: About<Standing>): void {
    this.learn(standing.attachment.known);
    this.election.onStanding(standing);
  }

  onNominate(nomination: About<Proposal>): void {
    if (!this.parts.member.isLeading) this.election.onNominate(nomination);
  }

  onPropose(proposal: About<Proposal>): void {
    if (this.knowsBetter(proposal)) return;
    this.election.onPropose(proposal, () => this.mayPromise());
  }

  onPromise(promise: About<PromiseAnswer>): void {
    this.election.onPromise(promise);
  }

  onTimer(kind: number): void {
    switch (kind) {
      case TimerKind.Silence:
        this.onSilence();
        break;
      case TimerKind.Election:
        this.election.onTimer();
        break;
      case TimerKind.Promotion:
        this.election.onPromoted();
        break;
      case TimerKind.Fence:
        this.election.onFenced();
        break;
      case TimerKind.StepDown:
        this.onStepDownDue();
    }
  }

  standing(): Standing {
    const { member } = this.parts;
    const { known, promised } = this;
    const { lastEpoch, end, isEligible, isLeading } = member;
    return { known, promised, lastEpoch, end, isEligible, hearsLeader: isLeading || !this.isSilent };
  }

  keepPromise(): void {
    if (this.isFencing) this.parts.member.stopReceiving();
  }

  stopReceiving(): void {
    this.parts.member.stopReceiving();
  }

  /** Its election is over when it leads: until then it stands, and hears neither an old leader nor another call. */
  lead(epoch: number, electedAtMs: number): void {
    this.parts.member.promote({ epoch, electedAtMs, before: this.known });
  }

  resume(): void {
    this.election.stop();
    this.parts.member.resume(this.known.epoch);
  }

  /** It leads from now on. */
  leads(epoch: number): void {
    this.known = { epoch, leader: this.parts.host.id };
    this.promised = Math.max(this.promised, epoch);
    this.election.stop();
    this.silence.cancel();
    this.isSilent = false;
    this.successor = null;
    this.stepDown.cancel();
  }

  private get isFencing(): boolean {
    return this.parts.plan.settings.failover.fencing === 'EPOCH';
  }

  /** From the leader of that epoch this node takes nothing any more. */
  private isFenced(epoch: number): boolean {
    return epoch < this.known.epoch || (epoch < this.promised && this.isFencing);
  }

  private onSilence(): void {
    const { host, member } = this.parts;
    if (member.isLeading) return;
    this.isSilent = true;
    if (this.election.isUnderWay) return;
    host.noticed('DECLARED_DEAD', this.known.leader);
    host.declaredDead(this.known.leader, this.known.epoch);
    this.election.poll();
  }

  /** Whoever still hears the leader refuses, if that is asked for. */
  private mayPromise(): boolean {
    const { member, plan } = this.parts;
    if (member.isLeading) return false;
    return (
      !plan.settings.failover.visibilityConsensus || this.isSilent || this.known.leader === this.parts.host.id
    );
  }

  /** It knows of a newer leader than the asker, or leads, and says so; if it knows less, it learns. */
  private knowsBetter({ from, attachment: { view } }: About<Proposal>): boolean {
    this.learn(view);
    if (this.known.epoch === view.epoch && !this.parts.member.isLeading) return false;
    this.tell(from);
    return true;
  }

  /** Where nothing fences, nobody tells an old leader but the new one. */
  private tellOldLeader(node: number): void {
    if (this.parts.plan.settings.failover.fencing !== 'NONE') this.tell(node);
  }

  private tell(node: number): void {
    const { known, promised } = this;
    const outdated: Outdated = this.parts.host.send(node, Kind.Outdated);
    outdated.epoch = promised > known.epoch ? promised : known.epoch;
    outdated.target = promised > known.epoch ? NOBODY : known.leader;
  }

  private learn(leadership: Leadership): void {
    const { member, host } = this.parts;
    if (leadership.epoch <= this.known.epoch || leadership.leader === host.id) return;
    if (member.isLeading && this.waitsBeforeItGoes(leadership)) return;
    if (member.isLeading) member.stepDown(leadership);
    this.known = leadership;
    this.promised = Math.max(this.promised, leadership.epoch);
    this.successor = null;
    this.stepDown.cancel();
    this.election.stop();
    this.watch();
    member.follow(leadership.leader);
  }

  /** Without fencing it takes as long to notice that there are two leaders as to notice that there is none. */
  private waitsBeforeItGoes(leadership: Leadership): boolean {
    const { plan, host } = this.parts;
    if (plan.settings.failover.fencing !== 'NONE') return false;
    if (this.successor === null) host.setTimer(this.stepDown, plan.timeoutMs);
    this.successor = leadership;
    return true;
  }

  private onStepDownDue(): void {
    const { successor } = this;
    if (successor === null) return;
    const { member } = this.parts;
    this.successor = null;
    if (member.isLeading) member.stepDown(successor);
    this.known = successor;
    this.promised = Math.max(this.promised, successor.epoch);
    this.watch();
    member.follow(successor.leader);
  }
}
