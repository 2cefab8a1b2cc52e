import { invariant } from '../model/invariant';
import type { WriteId } from '../model/observer';
import type { Value } from '../model/value';
import type { Version } from '../model/version';
import { Alarms } from './alarms';
import type { Behaviour } from './behaviour';
import { Clock, type ClockError } from './clock';
import { Disk } from './disk';
import type { HostParts, HostSettings, PowerSwitch } from './host-parts';
import { MessageLine } from './message-line';
import { ClientMessage, Phase, type Message } from './message';
import type { Endpoint } from './network';
import { Server } from './server';
import { SpeakingNode } from './speaking-node';
import type { Timer } from './timer';

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
export class Host extends SpeakingNode implements Endpoint {
  private condition = Condition.Running;
  private behaviour: Behaviour | null = null;
  private pausedAtMs = 0.5;
  private upgrades = 0;
  /** What came during a pause. */
  private readonly frozen = new MessageLine();
  private readonly clock = new Clock();
  private readonly disk: Disk;
  private readonly server: Server;
  private readonly alarms: Alarms;
  private readonly power: PowerSwitch;

  constructor({ id, serviceTime, serviceRandom, fsync, fsyncRandom }: HostSettings, parts: HostParts) {
    super(id, parts);
    this.power = parts.power;
    this.server = new Server(this.queue, serviceTime, serviceRandom, this.tracer);
    this.disk = new Disk(id, this.queue, fsync, fsyncRandom);
    this.alarms = new Alarms(id, this.queue);
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

  /**
   * Takes up work of its own: when it is done, having waited its turn behind what was there before, `onMessage` gets a message of
   * that kind, from this node, with that LSN and channel. Without work, or where service takes no time, that is at once.
   *
   * @param work in service times; it need not be whole
   */
  undertake(
    kind: number,
    { lsn, work, channel }: { readonly lsn: number; readonly work: number; readonly channel: number },
  ): void {
    const task = this.queue.blank();
    task.kind = kind;
    task.from = this.id;
    task.to = this.id;
    task.lsn = lsn;
    task.work = work;
    task.channel = channel;
    this.receive(task);
  }

  /** Makes the log durable up to a position; `onPersisted` follows when it is, perhaps together with later ones. */
  persist(position: number): void {
    this.disk.persist(position);
  }

  /** @param subject what the timer is about, in the words of the protocol: an operation, a follower */
  createTimer(kind: number, subject = 0): Timer {
    return this.alarms.createTimer(kind, subject, { isBackground: false });
  }

  /** The same for what goes on for ever, as heartbeats do: the world may come to rest although it is set. */
  createBackgroundTimer(kind: number, subject = 0): Timer {
    return this.alarms.createTimer(kind, subject, { isBackground: true });
  }

  /** Sets the timer anew; an earlier setting of it is void. */
  setTimer(timer: Timer, delayMs: number): void {
    this.alarms.set(timer, delayMs);
  }

  /** Cuts off the power of another node, by a way that does not need the network (STONITH); it comes back after so long. */
  powerOff(node: number, restartAfterMs: number): void {
    this.power.cut(node, restartAfterMs);
  }

  /** How many upgrades the software of this node has had; two nodes of different numbers run different versions. */
  get softwareVersion(): number {
    return this.upgrades;
  }

  /** A pause ends with it. */
  crash(inFlight: 'LOST' | 'DELIVERED'): void {
    this.turn({ to: Condition.Down, isAllowed: this.isUp });
    this.network.beginLife(this.id, inFlight);
    this.server.crash();
    this.disk.crash();
    this.alarms.crash();
    for (let lost = this.frozen.take(); lost !== null; lost = this.frozen.take()) this.queue.recycle(lost);
    if (this.tracer !== null) this.tracer.crashed(this.id, this.queue.now);
    const pending = this.queue.size;
    this.part.onCrash();
    invariant(this.queue.size === pending, `node ${this.id} is down: it can send, set and flush nothing`);
  }

  /** From its next restart on the machine, which is down, runs the next version of its software. */
  upgrade(): void {
    this.upgrades++;
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
    else if (message.phase === Phase.Alarm) this.onAlarm(message);
    else if (this.condition === Condition.Paused) this.frozen.add(message);
    else if (message.phase === Phase.Served) this.onServed(message);
    else if (message.phase === Phase.Arrived) this.receive(message);
    else if (message.phase === Phase.Flushed) this.onFlushed(message);
    else this.ring(message);
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

  private onFlushed(flush: Message): void {
    if (!this.disk.hasLost(flush)) {
      const position = this.disk.finish(flush);
      if (this.tracer !== null) this.tracer.flushed({ node: this.id, position, atMs: this.queue.now });
      this.part.onPersisted(position);
    }
    this.queue.recycle(flush);
  }

  /** What is void leaves no trace, even of a pause. */
  private onAlarm(alarm: Message): void {
    if (alarm.timer === null || !alarm.timer.takes(alarm)) this.queue.recycle(alarm);
    else if (this.condition === Condition.Running) this.ring(alarm);
    else {
      alarm.phase = Phase.Missed;
      this.frozen.add(alarm);
    }
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

  /** What happened since a pause was over may have made it void. */
  private ring(alarm: Message): void {
    const { timer, lsn: generation } = alarm;
    if (timer !== null && timer.generation === generation) {
      if (this.tracer !== null) this.tracer.timerFired({ node: this.id, timer, atMs: this.queue.now });
      this.part.onTimer(timer);
    }
    this.queue.recycle(alarm);
  }
}
