import type { ClientGroupSpec, WorkloadSpec } from '../model/spec/workload';
import type { EventQueue } from './event-queue';
import type { KeyPicker } from './key-picker';
import type { ClientSide, Driver } from './driver';
import { Phase, type Answer, type Message } from './message';
import type { Endpoint, Network } from './network';
import { OpenOperation } from './open-operation';
import type { Random } from './random';
import type { Recorder } from './recorder';
import { SessionAlarms } from './session-alarms';
import { Sessions } from './sessions';

/** The dice of a client group, one stream a purpose: the choice of one never shifts those of another. */
export interface ClientRandoms {
  readonly arrivals: Random;
  readonly sessions: Random;
  readonly kinds: Random;
  readonly keys: Random;
  readonly choices: Random;
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
  readonly keyPicker: KeyPicker;
  readonly randoms: ClientRandoms;
}

export interface ClientGroupParts {
  readonly queue: EventQueue;
  readonly network: Network;
  readonly recorder: Recorder;
  readonly createDriver: (clientSide: ClientSide) => Driver;
  readonly operationIds: { next: number };
}

/** Alarms of a client group that are no session's. */
const ARRIVAL = -1;

/**
 * The sessions of one datacenter that share a Poisson stream of arrivals, in open loop.
 *
 * An operation gets its kind, key, session and routing choice as it arrives, so none of them depends on any answer. If its
 * session is busy it waits there: its latency counts from the arrival, its time-out from the sending. A time-out ends it
 * as UNKNOWN; the session goes on and ignores the late answer. An answer must come before the time-out, not with it.
 * When the clients stop, what still waits has FAILED: it was never sent.
 */
export class ClientGroup implements Endpoint, ClientSide {
  readonly client: number;
  private readonly sessions: Sessions;
  private readonly alarms: SessionAlarms;
  private readonly idle: OpenOperation[] = [];
  private readonly meanGapMs: number;
  private readonly driver: Driver;

  constructor(
    private readonly settings: ClientGroupSettings,
    private readonly parts: ClientGroupParts,
  ) {
    this.sessions = new Sessions(settings.group.sessions);
    this.alarms = new SessionAlarms(parts.queue, settings.endpoint, settings.group.sessions);
    this.meanGapMs = 1000 / settings.group.ratePerSecond;
    this.client = settings.client;
    this.driver = parts.createDriver(this);
  }

  /** Awaits the first arrival; once, before the run. */
  start(): void {
    this.awaitArrival();
  }

  send(to: number, kind: number, values = 0): Message {
    return this.parts.network.send(this.settings.endpoint, to, kind, values);
  }

  /** An answer must come before the time-out, not with it. */
  find({ session, operation: id }: Pick<Message, 'session' | 'operation'>): OpenOperation | null {
    const operation = this.sessions.at(session - this.settings.firstSession);
    if (operation === null || operation.id !== id) return null;
    return this.parts.queue.now < this.deadlineOf(operation) ? operation : null;
  }

  succeed(operation: OpenOperation, answer: Pick<Answer, 'from' | 'epoch' | 'lsn'>): void {
    const session = operation.session - this.settings.firstSession;
    operation.answered(answer);
    this.alarms.release(session);
    this.end(session, operation);
  }

  accept(message: Message): void {
    if (message.phase === Phase.Travelling) {
      if (!this.parts.network.delivers(message)) return;
      this.driver.onMessage(message);
    } else if (message.session === ARRIVAL) this.onArrival();
    else this.onAlarm(message.session);
    this.parts.queue.recycle(message);
  }

  /** The duration is over: what still waits at its session is never sent, so it certainly did not happen. */
  stop(): void {
    for (let session = 0; session < this.sessions.count; session++)
      for (let waiting = this.sessions.takeWaiting(session); waiting !== null;) {
        const following: OpenOperation | null = waiting.next;
        waiting.outcome = 'FAILED';
        this.record(waiting);
        waiting = following;
      }
  }

  /** The run is over: whatever is still under way ends as UNKNOWN. */
  close(): void {
    for (let session = 0; session < this.sessions.count; session++) {
      const open = this.sessions.at(session);
      if (open !== null) this.record(open);
    }
  }

  private onArrival(): void {
    const operation = this.draw();
    this.awaitArrival();
    this.parts.recorder.operationArrived(operation);
    const session = operation.session - this.settings.firstSession;
    if (this.sessions.add(session, operation)) this.invoke(operation);
  }

  /** Arrivals end with the measured duration. */
  private awaitArrival(): void {
    const { queue } = this.parts;
    const arrivalMs = queue.now + this.settings.randoms.arrivals.exponential() * this.meanGapMs;
    if (!(arrivalMs < this.settings.workload.durationMs)) return;
    const alarm = queue.blank();
    alarm.phase = Phase.Alarm;
    alarm.to = this.settings.endpoint;
    alarm.session = ARRIVAL;
    queue.schedule(alarm, arrivalMs);
  }

  private draw(): OpenOperation {
    const { client, firstSession, workload, keyPicker, randoms } = this.settings;
    const operation = this.idle.pop() ?? new OpenOperation();
    operation.begin(client);
    operation.id = this.parts.operationIds.next++;
    operation.arrivedAtMs = this.parts.queue.now;
    operation.invokedAtMs = operation.arrivedAtMs;
    operation.completedAtMs = operation.arrivedAtMs;
    operation.session = firstSession + randoms.sessions.below(this.sessions.count);
    operation.kind = randoms.kinds.uniform() < workload.readShare ? 'READ' : 'WRITE';
    operation.key = keyPicker.draw(randoms.keys);
    operation.choice = randoms.choices.uniform();
    return operation;
  }

  private invoke(operation: OpenOperation): void {
    const { recorder, queue } = this.parts;
    operation.invokedAtMs = queue.now;
    recorder.operationInvoked(operation);
    this.alarms.watch(operation.session - this.settings.firstSession, this.deadlineOf(operation));
    this.driver.invoke(operation);
  }

  private onAlarm(session: number): void {
    const operation = this.sessions.at(session);
    const deadlineMs = operation === null ? Infinity : this.deadlineOf(operation);
    const isTimeout = this.alarms.ring(session, deadlineMs);
    if (isTimeout && operation !== null) this.end(session, operation);
  }

  private deadlineOf(operation: OpenOperation): number {
    return operation.invokedAtMs + this.settings.workload.timeoutMs;
  }

  private end(session: number, operation: OpenOperation): void {
    const following = this.sessions.advance(session);
    this.record(operation);
    if (following !== null) this.invoke(following);
  }

  private record(operation: OpenOperation): void {
    operation.completedAtMs = this.parts.queue.now;
    this.parts.recorder.operationEnded(operation);
    this.idle.push(operation);
  }
}
