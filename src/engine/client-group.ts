import { invariant } from '../model/invariant';
import { NEVER_SENT } from '../model/observer';
import type { ClientGroupSpec, WorkloadSpec } from '../model/spec/workload';
import { BackOff } from './back-off';
import type { ClientSide, Driver } from './driver';
import type { EventQueue } from './event-queue';
import { Phase, type Answer, type Message } from './message';
import type { Endpoint, Network } from './network';
import type { OpenOperation } from './open-operation';
import type { OperationPlaces } from './operation-places';
import type { OperationSource } from './operation-source';
import type { Pace } from './pace';
import type { Random } from './random';
import type { Recorder } from './recorder';
import { NOBODY, SessionAlarms } from './session-alarms';
import { Sessions } from './sessions';

/** The dice of a client group that are not its operations'. */
export interface ClientRandoms {
  readonly sessions: Random;
  readonly backOff: Random;
}

export interface ClientGroupSettings {
  /** Index of the group. */
  readonly client: number;
  /** Its number as an endpoint of the network. */
  readonly endpoint: number;
  readonly group: ClientGroupSpec;
  /** Sessions are numbered through all groups; this group's begin here. */
  readonly firstSession: number;
  readonly workload: WorkloadSpec;
  readonly randoms: ClientRandoms;
}

export interface ClientGroupParts {
  readonly queue: EventQueue;
  readonly network: Network;
  readonly recorder: Recorder;
  readonly source: OperationSource;
  /** Shared by all groups. */
  readonly places: OperationPlaces;
  readonly pace: Pace;
  readonly createDriver: (clientSide: ClientSide) => Driver;
}

/** The alarms of a client group: time-outs are `SessionAlarms`. */
export const ClientAlarm = { Deadline: 0, Arrival: 1, Retry: 2 } as const;

/** The arrival of an open loop is of no session yet. */
const NO_SESSION = -1;

/**
 * The sessions of one datacenter. In an open loop they share a stream of arrivals, each for a session that is drawn; in a closed
 * loop each thinks for itself, and then sends.
 *
 * If its session is busy an operation waits there: its latency counts from the arrival, its time-outs from each sending. An
 * attempt fails when it is refused, or when no answer came before the time-out (not with it); it may be tried again after a
 * pause. An operation ends as FAILED if every attempt of it was refused, or if it was never sent; as UNKNOWN if any attempt of
 * it may have happened. Answers to an earlier attempt count as long as a later one waits for its own.
 */
export class ClientGroup implements Endpoint, ClientSide {
  readonly client: number;
  // Fields of its own: what every event looks up should not lie two objects away.
  private readonly endpoint: number;
  private readonly firstSession: number;
  private readonly workload: WorkloadSpec;
  private readonly randoms: ClientRandoms;
  private readonly queue: EventQueue;
  private readonly network: Network;
  private readonly recorder: Recorder;
  private readonly source: OperationSource;
  private readonly places: OperationPlaces;
  private readonly pace: Pace;
  private readonly sessions: Sessions;
  private readonly alarms: SessionAlarms;
  private readonly backOff: BackOff;
  private readonly driver: Driver;
  private isStopped = false;

  constructor(settings: ClientGroupSettings, parts: ClientGroupParts) {
    const { client, endpoint, group, workload } = settings;
    this.client = client;
    this.endpoint = endpoint;
    this.firstSession = settings.firstSession;
    this.workload = workload;
    this.randoms = settings.randoms;
    this.queue = parts.queue;
    this.network = parts.network;
    this.recorder = parts.recorder;
    this.source = parts.source;
    this.places = parts.places;
    this.pace = parts.pace;
    this.sessions = new Sessions(group.sessions);
    this.alarms = new SessionAlarms(parts.queue, endpoint, group.sessions);
    this.backOff = new BackOff(workload.retry);
    this.driver = parts.createDriver(this);
  }

  /** Awaits the first arrivals; once, before the run. */
  start(): void {
    if (!this.pace.isClosedLoop) this.awaitArrival(NO_SESSION);
    else for (let session = 0; session < this.sessions.count; session++) this.awaitArrival(session);
  }

  get nowMs(): number {
    return this.queue.now;
  }

  send(to: number, kind: number, values = 0): Message {
    return this.network.send(this.endpoint, to, kind, values);
  }

  find({ session, operation: id }: Pick<Message, 'session' | 'operation'>): OpenOperation | null {
    const operation = this.sessions.at(session - this.firstSession);
    if (operation === null || operation.id !== id) return null;
    return this.queue.now < operation.deadlineMs ? operation : null;
  }

  succeed(operation: OpenOperation, answer: Omit<Answer, 'operation' | 'session'>): void {
    operation.answered(answer);
    this.alarms.release(this.placeOf(operation));
    this.end(operation);
  }

  refuse(operation: OpenOperation): void {
    this.alarms.release(this.placeOf(operation));
    this.failAttempt(operation, 'FAILED');
  }

  accept(message: Message): void {
    if (message.phase !== Phase.Travelling) this.onAlarm(message);
    else if (this.network.delivers(message)) this.driver.onMessage(message);
    else return;
    this.queue.recycle(message);
  }

  /** The duration is over: what still waits at its session is never sent, and what failed is not tried again. */
  stop(): void {
    this.isStopped = true;
    for (let place = 0; place < this.sessions.count; place++) {
      for (let waiting = this.sessions.takeWaiting(place); waiting !== null;) {
        const following: OpenOperation | null = waiting.next;
        waiting.outcome = 'FAILED';
        this.record(waiting);
        waiting = following;
      }
      const open = this.sessions.at(place);
      if (open?.isBackingOff === true) this.giveUp(open);
    }
  }

  /** The run is over: whatever is still under way ends as UNKNOWN. */
  close(): void {
    for (let place = 0; place < this.sessions.count; place++) {
      const open = this.sessions.at(place);
      if (open !== null) this.record(open);
    }
  }

  private onAlarm({ kind, session, operation }: Message): void {
    switch (kind) {
      case ClientAlarm.Arrival:
        this.onArrival(session);
        break;
      case ClientAlarm.Retry:
        this.onRetry(session, operation);
        break;
      default:
        this.onDeadline();
    }
  }

  private onArrival(drawnFor: number): void {
    const place = drawnFor === NO_SESSION ? this.randoms.sessions.below(this.sessions.count) : drawnFor;
    const operation = this.source.next(this.firstSession + place, this.queue.now);
    if (!this.pace.isClosedLoop) this.awaitArrival(NO_SESSION);
    this.recorder.operationArrived(operation);
    if (this.sessions.add(place, operation)) this.invoke(operation);
  }

  /** Arrivals end with the measured duration. */
  private awaitArrival(session: number): void {
    const arrivalMs = this.pace.nextMs(session, this.queue.now);
    if (arrivalMs < this.workload.durationMs) this.set(ClientAlarm.Arrival, session, arrivalMs);
  }

  private invoke(operation: OpenOperation): void {
    operation.invokedAtMs = this.queue.now;
    operation.place = this.places.take();
    this.recorder.operationInvoked(operation);
    this.attempt(operation);
  }

  private attempt(operation: OpenOperation): void {
    operation.attempts++;
    operation.deadlineMs = this.queue.now + this.workload.timeoutMs;
    this.alarms.watch(this.placeOf(operation), operation.deadlineMs);
    this.driver.invoke(operation);
  }

  private onDeadline(): void {
    this.alarms.beginRing();
    for (let place = this.alarms.takeDue(); place !== NOBODY; place = this.alarms.takeDue()) {
      const operation = this.sessions.at(place);
      invariant(operation !== null, 'only who has an operation under way waits for an answer');
      this.failAttempt(operation, 'TIMEOUT');
    }
    this.alarms.endRing();
  }

  private failAttempt(operation: OpenOperation, reason: 'TIMEOUT' | 'FAILED'): void {
    if (reason === 'TIMEOUT') operation.mayHaveHappened = true;
    const { retry } = this.workload;
    if (this.isStopped || operation.attempts >= retry.attempts || !retry.on.includes(reason))
      this.giveUp(operation);
    else this.backOffFrom(operation);
  }

  private backOffFrom(operation: OpenOperation): void {
    const delayMs = this.backOff.delayMs(operation.attempts, this.randoms.backOff);
    operation.isBackingOff = true;
    operation.deadlineMs = -Infinity;
    const retry = this.set(ClientAlarm.Retry, this.placeOf(operation), this.queue.now + delayMs);
    retry.operation = operation.id;
  }

  private onRetry(place: number, id: number): void {
    const operation = this.sessions.at(place);
    if (operation === null || operation.id !== id) this.queue.abandoned--;
    else {
      operation.isBackingOff = false;
      this.attempt(operation);
    }
  }

  private giveUp(operation: OpenOperation): void {
    if (operation.isBackingOff) this.queue.abandoned++;
    operation.outcome = operation.mayHaveHappened ? 'UNKNOWN' : 'FAILED';
    this.end(operation);
  }

  private end(operation: OpenOperation): void {
    const place = this.placeOf(operation);
    const following = this.sessions.advance(place, operation);
    this.record(operation);
    if (following !== null) this.invoke(following);
    else if (this.pace.isClosedLoop) this.awaitArrival(place);
  }

  private record(operation: OpenOperation): void {
    operation.completedAtMs = this.queue.now;
    this.recorder.operationEnded(operation);
    if (operation.place !== NEVER_SENT) this.places.giveBack(operation.place);
    this.source.recycle(operation);
  }

  private set(kind: number, session: number, atMs: number): Message {
    const alarm = this.queue.blank();
    alarm.phase = Phase.Alarm;
    alarm.to = this.endpoint;
    alarm.kind = kind;
    alarm.session = session;
    this.queue.schedule(alarm, atMs);
    return alarm;
  }

  private placeOf({ session }: OpenOperation): number {
    return session - this.firstSession;
  }
}
