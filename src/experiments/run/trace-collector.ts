import type { Message } from '../../engine/message';
import type { Tracer } from '../../engine/tracer';
import { messageKindOf, timerNameOf, type MessageKind, type Vocabulary } from '../../engine/vocabulary';
import { invariant } from '../../model/invariant';
import type {
  Commit,
  CopiedState,
  Discard,
  Failover,
  FaultEvent,
  FollowerRecovery,
  LeadershipEvent,
  Notice,
  Observer,
  Reconciliation,
  RunOutline,
} from '../../model/observer';
import type { Operation } from '../../model/operation';
import { timeOf, type HoldReason, type LossReason, type Trace, type TraceEvent } from '../../model/trace';
import { copyOfVersion } from '../../model/version';
import { draftOf, fillIn, leaveUnderWay, type MessageDraft, type Sending } from './message-draft';

export interface TraceSettings {
  readonly outline: RunOutline;
  readonly vocabulary: Vocabulary;
  /** From one moment up to, and without, another: simulated milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  /** When there is more, the trace ends early. */
  readonly eventsMax: number;
}

/** What the engine tells with one call. */
type Told<Method extends keyof Tracer> = Parameters<Tracer[Method]>[0];

/**
 * Takes down what happens in a window of a run: give it to the simulation as observer and as tracer. Before the window it
 * remembers only what is under way; when the window is over, or the limit is reached, it remembers nothing more.
 */
export class TraceCollector implements Observer, Tracer {
  /** Whatever still comes does not belong to the trace: the run may be left. */
  isOver = false;
  private readonly events: TraceEvent[] = [];
  /** On their way, or waiting at their node. */
  private readonly underWay = new Map<Message, MessageDraft>();
  private hasBegun = false;
  private truncatedAtMs: number | null = null;
  private messages = 0;

  constructor(private readonly settings: TraceSettings) {
    invariant(settings.fromMs < settings.toMs, 'a window of a trace ends after it begins');
  }

  /** What has been taken down; call it when it is over, or the run is. */
  trace(): Trace {
    const { fromMs, toMs, outline } = this.settings;
    const events = [...this.events].sort((one, other) => timeOf(one) - timeOf(other));
    const { nodes, clientDatacenters } = outline;
    return { fromMs, toMs, nodes, clientDatacenters, events, truncatedAtMs: this.truncatedAtMs };
  }

  sent(message: Message, nowMs: number): void {
    if (this.isOver) return;
    this.follow(message, { id: this.messages++, copyOf: null, sentAtMs: nowMs }, nowMs);
  }

  duplicated({ original, copy, atMs }: Told<'duplicated'>): void {
    const draft = this.take(original, atMs);
    if (draft === null) return;
    this.follow(copy, { id: this.messages++, copyOf: draft.id, sentAtMs: atMs }, atMs);
  }

  held(message: Message, nowMs: number, reason: HoldReason): void {
    const draft = this.take(message, nowMs);
    if (draft === null) return;
    draft.heldAtMs = nowMs;
    draft.heldFor = reason;
  }

  delivered(message: Message, nowMs: number): void {
    const draft = this.take(message, nowMs);
    if (draft === null) return;
    draft.deliveredAtMs = nowMs;
    fillIn(draft, message, this.kindOf(message));
    if (message.to >= this.settings.outline.nodes.length) this.handled(message, nowMs);
  }

  lost(message: Message, nowMs: number, reason: LossReason): void {
    const draft = this.take(message, nowMs);
    if (draft === null) return;
    draft.lostAtMs = nowMs;
    draft.lostFor = reason;
    fillIn(draft, message, this.kindOf(message));
    this.underWay.delete(message);
  }

  serviceBegan(message: Message, nowMs: number): void {
    const draft = this.take(message, nowMs);
    if (draft !== null) draft.serviceBeganAtMs = nowMs;
  }

  handled(message: Message, nowMs: number): void {
    const draft = this.take(message, nowMs);
    if (draft === null) return;
    draft.handledAtMs = nowMs;
    this.underWay.delete(message);
  }

  crashed(node: number, nowMs: number): void {
    this.pass(nowMs);
    for (const [message, { to, deliveredAtMs }] of this.underWay)
      if (to === node && deliveredAtMs !== null) this.underWay.delete(message);
  }

  timerFired({ node, timer, atMs }: Told<'timerFired'>): void {
    if (!this.pass(atMs)) return;
    const name = timerNameOf(this.settings.vocabulary, timer.kind);
    this.add({ type: 'TIMER', atMs, node, name, subject: timer.subject }, atMs);
  }

  flushed({ node, position, atMs }: Told<'flushed'>): void {
    if (this.pass(atMs)) this.add({ type: 'FLUSH', atMs, node, position }, atMs);
  }

  stateChanged({ node, name, value, about, atMs }: Told<'stateChanged'>): void {
    if (this.isInside(atMs)) this.add({ type: 'STATE', atMs, node, name, value, about }, atMs);
  }

  operationInvoked(operation: Operation): void {
    const { id, kind, session, client, key, arrivedAtMs, invokedAtMs: atMs } = operation;
    if (!this.isInside(atMs)) return;
    this.add(
      { type: 'OPERATION_INVOKED', atMs, operation: id, kind, session, client, key, arrivedAtMs },
      atMs,
    );
  }

  operationEnded(ended: Operation): void {
    const { id: operation, kind, session, client, key, arrivedAtMs, invokedAtMs } = ended;
    const { outcome, node, completedAtMs: atMs } = ended;
    if (!this.isInside(atMs)) return;
    const version = ended.version === null ? null : copyOfVersion(ended.version);
    const asked = { kind, session, client, key, arrivedAtMs, invokedAtMs };
    this.add({ type: 'OPERATION_ENDED', atMs, operation, ...asked, outcome, version, node }, atMs);
  }

  committed({ node, operation, key, version, atMs }: Commit): void {
    if (!this.isInside(atMs)) return;
    this.add({ type: 'COMMIT', atMs, node, operation, key, version: copyOfVersion(version) }, atMs);
  }

  applied(replica: number, operation: number, atMs: number): void {
    if (this.isInside(atMs)) this.add({ type: 'APPLY', atMs, node: replica, operation }, atMs);
  }

  discarded({ node, operation, key, version, atMs }: Discard): void {
    if (!this.isInside(atMs)) return;
    this.add({ type: 'DISCARD', atMs, node, operation, key, version: copyOfVersion(version) }, atMs);
  }

  reconciled({ replica, key, operations, dropped, atMs }: Reconciliation): void {
    if (!this.isInside(atMs)) return;
    this.add(
      { type: 'RECONCILIATION', atMs, node: replica, key, operations: [...operations], dropped },
      atMs,
    );
  }

  leadership(event: LeadershipEvent): void {
    if (this.isInside(event.atMs)) this.add({ type: 'LEADERSHIP', ...event }, event.atMs);
  }

  failedOver(failover: Failover): void {
    if (this.isInside(failover.atMs)) this.add({ type: 'FAILOVER', ...failover }, failover.atMs);
  }

  noticed(notice: Notice): void {
    const { figures, atMs } = notice;
    if (this.isInside(atMs)) this.add({ type: 'NOTICE', ...notice, figures: [...figures] }, atMs);
  }

  copied({ replica, shard, version, atMs }: CopiedState): void {
    if (!this.isInside(atMs)) return;
    this.add({ type: 'COPIED', atMs, node: replica, shard, version: copyOfVersion(version) }, atMs);
  }

  recovered({ replica, ...steps }: FollowerRecovery): void {
    const atMs = steps.liveAtMs;
    if (this.isInside(atMs)) this.add({ type: 'RECOVERED', atMs, node: replica, ...steps }, atMs);
  }

  /** Samples say nothing that happens: states and messages do. */
  positions(): void {}

  fault({ kind, atMs, nodes, text }: FaultEvent): void {
    if (this.isInside(atMs)) this.add({ type: 'FAULT', atMs, kind, nodes, text }, atMs);
  }

  clientsStopped(atMs: number): void {
    if (this.pass(atMs)) this.add({ type: 'CLIENTS_STOPPED', atMs }, atMs);
  }

  settled(atMs: number): void {
    if (this.pass(atMs)) this.add({ type: 'SETTLED', atMs }, atMs);
    this.end();
  }

  /**
   * A new event of the run begins, so whoever sent a message has filled it in by now. False: it does not belong to the
   * trace any more, or not yet.
   */
  private pass(nowMs: number): boolean {
    if (this.isInside(nowMs)) return true;
    if (this.isBeyond(nowMs)) this.end();
    return false;
  }

  private isInside(nowMs: number): boolean {
    if (this.isOver || nowMs < this.settings.fromMs) return false;
    if (!this.hasBegun) this.begin();
    return !this.isBeyond(nowMs);
  }

  private isBeyond(nowMs: number): boolean {
    return this.truncatedAtMs !== null || nowMs >= this.settings.toMs;
  }

  private begin(): void {
    this.hasBegun = true;
    for (const draft of this.underWay.values()) this.add(draft, this.settings.fromMs);
  }

  private end(): void {
    for (const [message, draft] of this.underWay) {
      if (draft.deliveredAtMs !== null) continue;
      fillIn(draft, message, this.kindOf(message));
      leaveUnderWay(draft, message);
    }
    this.underWay.clear();
    this.isOver = true;
  }

  private add(event: TraceEvent, nowMs: number): void {
    if (this.truncatedAtMs !== null) return;
    if (this.events.length < this.settings.eventsMax) this.events.push(event);
    else this.truncatedAtMs = nowMs;
  }

  private follow(message: Message, sending: Sending, nowMs: number): void {
    const isInside = this.isInside(nowMs);
    if (this.isBeyond(nowMs)) return;
    const draft = draftOf(message, this.kindOf(message), sending);
    this.underWay.set(message, draft);
    if (isInside) this.add(draft, nowMs);
  }

  /** The draft of a message to which something happens now; null if that is not to be told. */
  private take(message: Message, nowMs: number): MessageDraft | null {
    this.pass(nowMs);
    return this.underWay.get(message) ?? null;
  }

  private kindOf({ kind }: Message): MessageKind {
    return messageKindOf(this.settings.vocabulary, kind);
  }
}
