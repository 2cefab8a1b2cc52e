import { invariant } from '../model/invariant';
import type { Reconciliation, WriteId } from '../model/observer';
import { EFFECT_CODES } from '../model/operation';
import type { Value } from '../model/value';
import type { Version } from '../model/version';
import type { Behaviour } from './behaviour';
import { Clock, type ClockError } from './clock';
import { Disk } from './disk';
import type { Distribution } from './distribution';
import type { EventQueue } from './event-queue';
import { MessageLine } from './message-line';
import { ClientMessage, Phase, type LogEntry, type Message, type Request } from './message';
import type { Endpoint, Network } from './network';
import type { Random } from './random';
import type { Recorder } from './recorder';
import { Server } from './server';
import { Timer } from './timer';
import type { Tracer } from './tracer';

/** The parts of the world that a host stands on. */
export interface HostParts {
  readonly queue: EventQueue;
  readonly network: Network;
  readonly recorder: Recorder;
}

/** The version of a key that a node holds, and the id of the write that made it. */
export type Found = Pick<LogEntry, 'epoch' | 'lsn' | 'operation'>;

/** Whose operation an answer is for. */
export type Acknowledged = Pick<Request, 'from' | 'session' | 'operation'>;

export interface HostSettings {
  /** Its index in the topology, and its number as an endpoint. */
  readonly id: number;
  readonly serviceTime: Distribution;
  readonly serviceRandom: Random;
  readonly fsync: Distribution;
  readonly fsyncRandom: Random;
}

const enum Condition {
  Running,
  /** It stands still and will go on as if nothing had been (a garbage collection, SIGSTOP). */
  Paused,
  Down,
}
const CONDITION_NAMES = ['running', 'paused', 'down'] as const;

/**
 * A machine that serves one request or log entry at a time, first come first served, in the way of its behaviour.
 *
 * A crash loses what waits for service, what is not flushed, every timer, and what the behaviour forgets. A pause loses
 * nothing: what comes meanwhile waits, and happens when it is over. A host has a behaviour rather than being the base of one:
 * code for all hosts then meets one shape of object.
 */
export class Host implements Endpoint {
  readonly id: number;
  private condition = Condition.Running;
  private behaviour: Behaviour | null = null;
  /** Counts crashes: what began before the last one is void. */
  private life = 0;
  private pausedAtMs = 0.5;
  /** What came during a pause. */
  private readonly frozen = new MessageLine();
  private readonly clock = new Clock();
  private readonly disk: Disk;
  private readonly server: Server;
  private readonly queue: EventQueue;
  private readonly network: Network;
  private readonly recorder: Recorder;
  private readonly tracer: Tracer | null;

  constructor(
    { id, serviceTime, serviceRandom, fsync, fsyncRandom }: HostSettings,
    { queue, network, recorder }: HostParts,
  ) {
    this.id = id;
    this.queue = queue;
    this.network = network;
    this.recorder = recorder;
    this.tracer = network.tracer;
    this.server = new Server(queue, serviceTime, serviceRandom, this.tracer);
    this.disk = new Disk(id, queue, fsync, fsyncRandom);
  }

  get isUp(): boolean {
    return this.condition !== Condition.Down;
  }

  get isPaused(): boolean {
    return this.condition === Condition.Paused;
  }

  /** What the node's own clock says, in milliseconds; it may be wrong. */
  get clockMs(): number {
    return this.clock.readMs(this.queue.now);
  }

  /** Gives the host its part; once, before the run. */
  play(behaviour: Behaviour): void {
    invariant(this.behaviour === null, `node ${this.id} has its part already`);
    this.behaviour = behaviour;
  }

  /** Sends an unordered message of the protocol. Fill in its view before the handler returns, and forget it then. */
  send(to: number, kind: number, values = 0): Message {
    return this.network.send(this.id, to, kind, values);
  }

  /** Sends on the ordered, retransmitting stream to a node: never lost nor overtaken while both live. */
  stream(to: number, kind: number, values = 0): Message {
    return this.network.stream(this.id, to, kind, values);
  }

  /** Answers a session's read with the version found and its value; an LSN of 0 says that the key is absent. */
  answerRead(read: Request, found: Found, value: Value): void {
    const answer = this.answer(read, found, found.lsn === 0 ? 0 : 1);
    answer.target = found.operation;
    answer.items = null;
    if (typeof value === 'number') {
      answer.effect = EFFECT_CODES.SET;
      answer.operand = value;
    } else {
      answer.effect = value === null ? EFFECT_CODES.DELETE : EFFECT_CODES.ADD;
      answer.items = value;
    }
  }

  /** Tells a session that its write is done, and which version it became. */
  acknowledgeWrite(write: Acknowledged, version: Pick<LogEntry, 'epoch' | 'lsn'>): void {
    this.answer(write, version, 0);
  }

  /** Tells a session that this node did nothing of its operation and will not. */
  refuse(request: Acknowledged): void {
    const refusal = this.network.send(this.id, request.from, ClientMessage.Refusal, 0);
    refusal.operation = request.operation;
    refusal.session = request.session;
  }

  /** Makes the log durable up to a position; `onPersisted` follows when it is, perhaps together with later ones. */
  persist(position: number): void {
    this.disk.persist(position, this.life);
  }

  /** @param subject what the timer is about, in the words of the protocol: an operation, a follower */
  createTimer(kind: number, subject = 0): Timer {
    return new Timer(kind, subject);
  }

  /** Sets the timer anew; an earlier setting of it is void. */
  setTimer(timer: Timer, delayMs: number): void {
    timer.cancel();
    const alarm = this.queue.blank();
    alarm.phase = Phase.Alarm;
    alarm.to = this.id;
    alarm.timer = timer;
    alarm.lsn = timer.generation;
    alarm.senderLife = this.life;
    this.queue.schedule(alarm, this.queue.now + delayMs);
  }

  /** Tells the observer that a write became part of this node's durable state, as the node that accepted it. */
  committed(entry: LogEntry): void {
    this.recorder.committed(this.id, entry);
  }

  /** Tells the observer that this replica applied a write of another node. */
  applied(entry: LogEntry): void {
    this.recorder.applied(this.id, entry);
  }

  /** Tells the observer that this node gave up a write that it had told to be committed or applied. */
  discarded(entry: LogEntry): void {
    this.recorder.discarded(this.id, entry);
  }

  /** Tells the observer that two concurrent writes of a key met here; see `Reconciliation`. */
  reconciled(meeting: Omit<Reconciliation, 'replica' | 'atMs'>): void {
    this.recorder.reconciled(this.id, meeting);
  }

  /** Tells the observer that this node believes from now on that it leads, in that epoch. */
  beganToLead(epoch: number): void {
    this.recorder.leadership('BEGAN', this.id, epoch);
  }

  /** Tells the observer that this node, which is up, does not believe it any more. */
  endedToLead(epoch: number): void {
    this.recorder.leadership('ENDED', this.id, epoch);
  }

  /** Tells the observer that this replica, restarted, has all it had missed. */
  caughtUp(): void {
    this.recorder.fault('CAUGHT_UP', this.id);
  }

  /**
   * Tells whoever traces the run that something the node believes has changed; it costs nothing if nobody does. Give
   * constants and numbers: nothing is to be composed for a reader that is not there.
   *
   * @param about the node it is about, if it is about one
   */
  stateChanged(name: string, value: string | number, about: number | null = null): void {
    if (this.tracer !== null)
      this.tracer.stateChanged({ node: this.id, name, value, about, atMs: this.queue.now });
  }

  /** A pause ends with it. */
  crash(inFlight: 'LOST' | 'DELIVERED'): void {
    this.turn({ to: Condition.Down, isAllowed: this.isUp });
    this.life++;
    this.network.beginLife(this.id, inFlight);
    this.server.crash();
    this.disk.crash();
    for (let lost = this.frozen.take(); lost !== null; lost = this.frozen.take()) this.queue.recycle(lost);
    if (this.tracer !== null) this.tracer.crashed(this.id, this.queue.now);
    const pending = this.queue.size;
    this.part.onCrash();
    invariant(this.queue.size === pending, `node ${this.id} is down: it can send, set and flush nothing`);
  }

  restart(): void {
    this.turn({ to: Condition.Running, isAllowed: !this.isUp });
    this.network.beginLife(this.id, 'DELIVERED');
    this.part.onRestart();
  }

  pause(): void {
    this.turn({ to: Condition.Paused, isAllowed: this.condition === Condition.Running });
    this.pausedAtMs = this.queue.now;
  }

  /** The node goes on, believing what it believed; first with what came meanwhile. */
  resume(): void {
    this.turn({ to: Condition.Running, isAllowed: this.isPaused });
    this.server.delay(this.queue.now - this.pausedAtMs);
    for (let message = this.frozen.take(); message !== null; message = this.frozen.take())
      this.accept(message);
  }

  slowDisk(factor: number): void {
    this.disk.slowDown(factor);
  }

  setClock(error: ClockError): void {
    this.clock.set(error);
  }

  /** The event queue hands over what has come for this host. */
  accept(message: Message): void {
    if (message.phase === Phase.Travelling) this.onArrival(message);
    else if (this.condition === Condition.Paused) this.frozen.add(message);
    else if (message.phase === Phase.Served) this.onServed(message);
    else if (message.phase === Phase.Arrived) this.receive(message);
    else this.happen(message);
  }

  /** What the node holds for a key, null where absent. */
  versionOf(key: number): Version | null {
    return this.part.versionOf(key);
  }

  /** Whether the node's log, or what it applied, has that write. */
  holds(write: WriteId): boolean {
    return this.part.holds(write);
  }

  /** And its value. */
  valueFor(key: number): Value {
    return this.part.valueFor(key);
  }

  /** Entries that its log keeps. */
  get retainedEntries(): number {
    return this.part.retainedEntries;
  }

  private get part(): Behaviour {
    invariant(this.behaviour !== null, 'a node has no part to play');
    return this.behaviour;
  }

  /** Whoever plays the faults knows what is up: what cannot happen is his mistake. */
  private turn({ to, isAllowed }: { readonly to: Condition; readonly isAllowed: boolean }): void {
    const was = this.condition;
    invariant(
      isAllowed,
      `node ${this.id} cannot turn from ${CONDITION_NAMES[was]} to ${CONDITION_NAMES[to]}`,
    );
    this.condition = to;
  }

  private answer(request: Acknowledged, version: Pick<LogEntry, 'epoch' | 'lsn'>, values: number): Message {
    const answer = this.network.send(this.id, request.from, ClientMessage.Answer, values);
    answer.operation = request.operation;
    answer.session = request.session;
    answer.epoch = version.epoch;
    answer.lsn = version.lsn;
    return answer;
  }

  private onArrival(message: Message): void {
    if (this.condition === Condition.Down) this.network.lose(message, 'RECEIVER_DOWN');
    else if (!this.network.delivers(message)) return;
    else if (this.condition === Condition.Running) this.receive(message);
    else {
      message.phase = Phase.Arrived;
      this.frozen.add(message);
    }
  }

  /** What costs work is served first. */
  private receive(message: Message): void {
    if (message.work > 0 && !this.server.isInstant) this.server.take(message);
    else {
      this.handle(message);
      this.queue.recycle(message);
    }
  }

  private onServed(message: Message): void {
    const isCurrent = this.server.serves(message);
    if (isCurrent && !this.server.finishes(message)) return;
    if (isCurrent) this.handle(message);
    this.queue.recycle(message);
  }

  private happen(message: Message): void {
    if (message.senderLife === this.life)
      if (message.phase === Phase.Flushed) this.onFlushed(this.disk.finish(message));
      else this.ring(message);
    this.queue.recycle(message);
  }

  private onFlushed(position: number): void {
    if (this.tracer !== null) this.tracer.flushed({ node: this.id, position, atMs: this.queue.now });
    this.part.onPersisted(position);
  }

  private handle(message: Message): void {
    if (this.tracer !== null) this.tracer.handled(message, this.queue.now);
    switch (message.kind) {
      case ClientMessage.Read:
        this.part.onRead(message);
        break;
      case ClientMessage.Write:
        this.part.onWrite(message);
        break;
      default:
        this.part.onMessage(message);
    }
  }

  private ring({ timer, lsn: generation }: Message): void {
    if (timer === null || timer.generation !== generation) return;
    if (this.tracer !== null) this.tracer.timerFired({ node: this.id, timer, atMs: this.queue.now });
    this.part.onTimer(timer);
  }
}
