import type { Timer } from '../../../engine/timer';
import {
  Kind,
  TimerKind,
  type About,
  type Leadership,
  type PromiseAnswer,
  type Proposal,
  type Standing,
} from '../messages';
import type { Plan } from '../plan';
import type { ShardHost } from '../shard-host';
import { bestOf, isAhead, type Candidate } from './ranking';

/** What the node that holds an election does for it. */
export interface Elector {
  /** Who leads, as far as it knows. */
  readonly known: Leadership;
  /** The newest epoch that it has promised to follow; durable. */
  promised: number;
  standing(): Standing;
  /** It promised an epoch to somebody: where epochs fence, it takes nothing from the leader of an older one any more. */
  keepPromise(): void;
  /** It is about to lead, so it takes nothing from anybody. */
  stopReceiving(): void;
  /** It was elected and leads from now on, in that epoch. */
  lead(epoch: number, electedAtMs: number): void;
  /** It still leads: nobody has replaced it. */
  resume(): void;
}

export interface ElectionParts {
  readonly host: ShardHost;
  readonly plan: Plan;
  readonly elector: Elector;
}

/**
 * POLLING: it asks who is how far. WAITING: for somebody else, or to ask again. PROPOSING: it collects promises. PROMOTING: it
 * was elected and gets ready.
 */
type State = 'IDLE' | 'WAITING' | 'POLLING' | 'PROPOSING' | 'PROMOTING';

/**
 * One node's part in the choice of a new leader.
 *
 * Whoever misses the leader asks all others how far they are; with answers from the majority of the followers (those that follow
 * the leader itself) the best of them is called upon. That one picks a new epoch and has the majority promise to follow no older one; a node promises an epoch once,
 * and any two majorities share a node, so an epoch has one leader. The old leader is no follower: where there is one follower
 * it is the majority.
 */
export class Election {
  private state: State = 'IDLE';
  private readonly standings = new Map<number, Standing>();
  private readonly promises = new Set<number>();
  private proposed = 0;
  private electedAtMs = 0;
  private readonly timer: Timer;
  private readonly promotion: Timer;
  private readonly fence: Timer;

  constructor(private readonly parts: ElectionParts) {
    const { host } = parts;
    this.timer = host.createTimer(TimerKind.Election);
    this.promotion = host.createTimer(TimerKind.Promotion);
    this.fence = host.createTimer(TimerKind.Fence);
  }

  /** It has called for votes itself, or got them: it follows nobody meanwhile. */
  get isStanding(): boolean {
    return this.state === 'PROPOSING' || this.state === 'PROMOTING';
  }

  get isUnderWay(): boolean {
    return this.state !== 'IDLE';
  }

  /** Asks all others but the leader that is missed; one that was down and led asks all. */
  poll(): void {
    const { host, plan, elector } = this.parts;
    this.turn('POLLING');
    this.standings.clear();
    const view: Proposal = { epoch: 0, view: elector.known };
    for (const node of this.others) host.send(node, Kind.Poll).attachment = view;
    host.setTimer(this.timer, plan.timeoutMs);
    if (this.others.length === 0) this.conclude();
  }

  /** There is a leader, or the node crashed. */
  stop(): void {
    this.turn('IDLE');
    for (const timer of [this.timer, this.promotion, this.fence]) timer.cancel();
  }

  onPoll({ from }: About<Proposal>): void {
    this.parts.host.send(from, Kind.Standing).attachment = this.parts.elector.standing();
  }

  onStanding({ from, attachment: standing }: About<Standing>): void {
    if (this.state !== 'POLLING' || standing.known.epoch !== this.parts.elector.known.epoch) return;
    this.standings.set(from, standing);
    if (this.standings.size === this.others.length) this.conclude();
  }

  /** Somebody holds this node to be the best. */
  onNominate({ attachment: { view } }: About<Proposal>): void {
    const { elector } = this.parts;
    if (view.epoch === elector.known.epoch && elector.standing().isEligible && !this.isStanding)
      this.propose();
  }

  /** Asked to promise. A node that knows a newer leader than the proposal does not come here. */
  onPropose({ from, attachment: proposal }: About<Proposal>, mayPromise: () => boolean): void {
    const { host, plan, elector } = this.parts;
    const isGranted = proposal.epoch > elector.promised && mayPromise();
    if (isGranted) {
      elector.promised = proposal.epoch;
      elector.keepPromise();
      this.stop();
      this.turn('WAITING');
      host.setTimer(this.timer, plan.timeoutMs + plan.settings.failover.promotionMs);
    }
    const { lastEpoch, end } = elector.standing();
    const answer: PromiseAnswer = {
      epoch: proposal.epoch,
      isGranted,
      promised: elector.promised,
      lastEpoch,
      end,
    };
    host.send(from, Kind.Promise).attachment = answer;
  }

  onPromise({ from, attachment: answer }: About<PromiseAnswer>): void {
    if (this.state !== 'PROPOSING' || answer.epoch !== this.proposed) return;
    const { elector, plan, host } = this.parts;
    elector.promised = Math.max(elector.promised, answer.promised);
    if (!answer.isGranted) this.retry();
    else if (plan.settings.failover.election !== 'PRIORITY' && isAhead(answer, elector.standing())) {
      // It cannot lead without what that one has: that one leads, or makes up its mind when it can.
      host.send(from, Kind.Nominate).attachment = { epoch: 0, view: elector.known } satisfies Proposal;
      this.waitFor(plan.timeoutMs);
    } else {
      this.promises.add(from);
      this.countPromises();
    }
  }

  /** The time for answers is over, or that to wait for somebody else. */
  onTimer(): void {
    if (this.state === 'POLLING') this.conclude();
    else if (this.state === 'PROPOSING') this.retry();
    else if (this.state === 'WAITING') this.poll();
  }

  /** The power of the old leader is off: now it cannot do any harm. */
  onFenced(): void {
    const { host, plan, elector } = this.parts;
    host.noticed('CUT_POWER', elector.known.leader);
    host.powerOff(elector.known.leader, plan.settings.failover.stonithRestartMs);
    host.setTimer(this.promotion, plan.settings.failover.promotionMs);
  }

  onPromoted(): void {
    if (this.parts.elector.promised !== this.proposed) this.retry();
    else this.parts.elector.lead(this.proposed, this.electedAtMs);
  }

  private get wasLeading(): boolean {
    return this.parts.elector.known.leader === this.parts.host.id;
  }

  /** All other followers; for the one that led, all of them. */
  private get others(): readonly number[] {
    const { host, plan, elector } = this.parts;
    return plan.initialLsn
      .map((_, node) => node)
      .filter((node) => node !== host.id && node !== elector.known.leader);
  }

  /** Those that the leader had waited for: any majority of them has what any other one has promised or acknowledged. */
  private get followers(): readonly number[] {
    return this.parts.plan.followersOf[this.parts.elector.known.leader];
  }

  private get majority(): number {
    return Math.floor(this.followers.length / 2) + 1;
  }

  /** Together with this node, which counts unless it led: then it is none of the followers. */
  private isMajority(others: Iterable<number>): boolean {
    return this.countFollowers([this.parts.host.id, ...others]) >= this.majority;
  }

  private countFollowers(nodes: readonly number[]): number {
    return this.followers.filter((node) => nodes.includes(node)).length;
  }

  private conclude(): void {
    const { elector, plan } = this.parts;
    const { fencing, visibilityConsensus } = plan.settings.failover;
    const standings = [...this.standings.values()];
    if (this.wasLeading && this.mayResume(standings)) elector.resume();
    else if (!this.isMajority(this.standings.keys()))
      if (this.wasLeading && fencing === 'NONE') elector.resume();
      else this.retry();
    else if (visibilityConsensus && standings.some(({ hearsLeader }) => hearsLeader)) this.retry();
    else this.callUpon(bestOf([this.own(), ...this.answered()], plan));
  }

  /** Nobody has promised anything newer, and nobody can have been elected without one of those who say so. */
  private mayResume(standings: readonly Standing[]): boolean {
    const { elector } = this.parts;
    const isOldest = [elector.standing(), ...standings].every(
      ({ promised }) => promised <= elector.known.epoch,
    );
    const answered = this.countFollowers([...this.standings.keys()]);
    return isOldest && answered > this.followers.length - this.majority;
  }

  private own(): Candidate {
    const { host, elector } = this.parts;
    return { node: host.id, ...elector.standing() };
  }

  private answered(): readonly Candidate[] {
    return [...this.standings].map(([node, standing]) => ({ node, ...standing }));
  }

  private callUpon(best: Candidate | null): void {
    const { host, plan, elector } = this.parts;
    // Who led and was down may have been missed by nobody: whoever follows it takes over at its own word.
    if (this.wasLeading) host.declaredDead(host.id, elector.known.epoch);
    if (best === null) this.retry();
    else if (best.node === host.id) this.propose();
    else {
      host.send(best.node, Kind.Nominate).attachment = { epoch: 0, view: elector.known } satisfies Proposal;
      this.waitFor(plan.timeoutMs);
    }
  }

  private propose(): void {
    const { host, plan, elector } = this.parts;
    const promised = [...this.standings.values()].map((standing) => standing.promised);
    this.proposed = Math.max(elector.known.epoch, elector.promised, ...promised) + 1;
    elector.promised = this.proposed;
    elector.stopReceiving();
    this.turn('PROPOSING');
    this.promises.clear();
    const proposal: Proposal = { epoch: this.proposed, view: elector.known };
    for (const node of this.others) host.send(node, Kind.Propose).attachment = proposal;
    host.setTimer(this.timer, plan.timeoutMs);
    this.countPromises();
  }

  private countPromises(): void {
    if (!this.isMajority(this.promises)) return;
    const { host, plan, elector } = this.parts;
    const { fencing, stonithMs, promotionMs } = plan.settings.failover;
    this.turn('PROMOTING');
    this.timer.cancel();
    this.electedAtMs = host.nowMs;
    host.noticed('ELECTED', elector.known.leader, [this.proposed]);
    if (this.wasLeading) host.setTimer(this.promotion, 0);
    else if (fencing === 'STONITH') host.setTimer(this.fence, stonithMs);
    else host.setTimer(this.promotion, promotionMs);
  }

  /** Nodes that failed at once try again one after the other. */
  private retry(): void {
    const { host, plan } = this.parts;
    this.waitFor(plan.settings.failover.heartbeatIntervalMs * (1 + host.id / plan.nodes));
  }

  private waitFor(delayMs: number): void {
    this.turn('WAITING');
    this.parts.host.setTimer(this.timer, delayMs);
  }

  private turn(state: State): void {
    if (this.state !== state) this.parts.host.stateChanged('ELECTION', state);
    this.state = state;
  }
}
