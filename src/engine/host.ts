import { invariant } from '../model/invariant';
import type { Version } from '../model/version';
import type { Behaviour } from './behaviour';
import { Disk } from './disk';
import type { Distribution } from './distribution';
import type { EventQueue } from './event-queue';
import { ClientMessage, Phase, type LogEntry, type Message, type Request } from './message';
import type { Network } from './network';
import type { Random } from './random';
import type { Recorder } from './recorder';
import { Timer } from './timer';

/** The parts of the world that a host stands on. */
export interface HostParts {
  readonly queue: EventQueue;
  readonly network: Network;
  readonly recorder: Recorder;
}

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

/**
 * A machine that serves one request or log entry at a time, first come first served, in the way of its behaviour.
 *
 * A crash loses what waits for service, what is not flushed, every timer, and what the behaviour forgets. A host has a
 * behaviour rather than being the base of one: code for all hosts then meets one shape of object.
 */
export class Host {
  readonly id: number;
  isUp = true;
  private behaviour: Behaviour | null = null;
  /** Counts crashes: what began before the last one is void. */
  private life = 0;
  private busyUntilMs = -Infinity;
  private readonly disk: Disk;
  private readonly servesAtOnce: boolean;
  private readonly queue: EventQueue;
  private readonly network: Network;
  private readonly recorder: Recorder;

  constructor(
    private readonly settings: HostSettings,
    { queue, network, recorder }: HostParts,
  ) {
    this.id = settings.id;
    this.queue = queue;
    this.network = network;
    this.recorder = recorder;
    this.servesAtOnce = settings.serviceTime.isZero;
    this.disk = new Disk(settings.id, queue, settings.fsync, settings.fsyncRandom);
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

  /** Answers a session's read with the version found; an LSN of 0 says that the key is absent. */
  answerRead(read: Request, version: Pick<LogEntry, 'epoch' | 'lsn'>): void {
    this.answer(read, version, version.lsn === 0 ? 0 : 1);
  }

  /** Tells a session that its write is done, and which version it became. */
  acknowledgeWrite(write: Acknowledged, version: Pick<LogEntry, 'epoch' | 'lsn'>): void {
    this.answer(write, version, 0);
  }

  /** Makes the log durable up to a position; `onPersisted` follows when it is, perhaps together with later ones. */
  persist(position: number): void {
    this.disk.persist(position, this.life);
  }

  createTimer(kind: number): Timer {
    return new Timer(kind);
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

  /** Tells the observer that this replica, restarted, has all it had missed. */
  caughtUp(): void {
    this.recorder.fault('CAUGHT_UP', this.id);
  }

  crash(): void {
    this.isUp = false;
    this.life++;
    this.network.beginLife(this.id);
    this.disk.crash();
    this.part.onCrash();
  }

  restart(): void {
    this.isUp = true;
    this.busyUntilMs = this.queue.now;
    this.network.beginLife(this.id);
    this.part.onRestart();
  }

  /** The event queue hands over what has come for this host. */
  accept(message: Message): void {
    if (message.phase === Phase.Travelling && this.takesIntoService(message)) return;
    this.happen(message);
    this.queue.recycle(message);
  }

  /** What the node holds for a key, null where absent. */
  versionOf(key: number): Version | null {
    return this.part.versionOf(key);
  }

  private get part(): Behaviour {
    invariant(this.behaviour !== null, 'a node has no part to play');
    return this.behaviour;
  }

  private answer(request: Acknowledged, version: Pick<LogEntry, 'epoch' | 'lsn'>, values: number): void {
    const answer = this.network.send(this.id, request.from, ClientMessage.Answer, values);
    answer.operation = request.operation;
    answer.session = request.session;
    answer.epoch = version.epoch;
    answer.lsn = version.lsn;
  }

  /** A message that is delivered and costs work goes back into the queue, until it is served. */
  private takesIntoService(message: Message): boolean {
    if (message.work === 0 || this.servesAtOnce || !this.receives(message)) return false;
    this.enqueue(message);
    return true;
  }

  private receives(message: Message): boolean {
    return this.isUp && this.network.delivers(message);
  }

  private enqueue(message: Message): void {
    const { serviceTime, serviceRandom } = this.settings;
    let untilMs = this.busyUntilMs > this.queue.now ? this.busyUntilMs : this.queue.now;
    for (let work = message.work; work > 0; work--) untilMs += serviceTime.sample(serviceRandom);
    this.busyUntilMs = untilMs;
    message.phase = Phase.Served;
    message.receiverLife = this.life;
    this.queue.schedule(message, untilMs);
  }

  private happen(message: Message): void {
    switch (message.phase) {
      case Phase.Travelling:
        if (this.receives(message)) this.handle(message);
        break;
      case Phase.Served:
        if (message.receiverLife === this.life) this.handle(message);
        break;
      case Phase.Flushed:
        if (message.senderLife === this.life) this.part.onPersisted(this.disk.finish(message));
        break;
      case Phase.Alarm:
        if (message.senderLife === this.life) this.ring(message);
    }
  }

  private handle(message: Message): void {
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
    if (timer !== null && timer.generation === generation) this.part.onTimer(timer);
  }
}
