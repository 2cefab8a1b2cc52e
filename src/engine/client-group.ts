import type { ClientGroupSpec, WorkloadSpec } from '../model/spec/workload';
import { Arrivals } from './arrivals';
import type { EventQueue } from './event-queue';
import type { KeyPicker } from './key-picker';
import { ClientMessage, Phase, type Answer, type Message } from './message';
import type { Network } from './network';
import { OpenOperation } from './open-operation';
import type { Random } from './random';
import type { Recorder } from './recorder';
import type { Routing } from './replication';
import { SessionAlarms } from './session-alarms';
import { Sessions } from './sessions';

/** The dice of a client group, one stream a purpose: the choice of one never shifts those of another. */
export interface ClientRandoms {
  readonly arrivals: Random;
  readonly sessions: Random;
  readonly kinds: Random;
  readonly keys: Random;
  readonly routing: Random;
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
  readonly routing: Routing;
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
export class ClientGroup {
  private readonly sessions: Sessions;
  private readonly alarms: SessionAlarms;
  private readonly idle: OpenOperation[] = [];
  private readonly arrivals: Arrivals;

  constructor(
    private readonly settings: ClientGroupSettings,
    private readonly parts: ClientGroupParts,
  ) {
    this.sessions = new Sessions(settings.group.sessions);
    this.alarms = new SessionAlarms(parts.queue, settings.endpoint, settings.group.sessions);
    this.arrivals = Arrivals.of(settings.group, -settings.workload.warmupMs);
  }

  /** Awaits the first arrival; once, before the run. */
  start(): void {
    this.awaitArrival();
  }

  accept(message: Message): void {
    if (message.phase === Phase.Travelling) this.onMessage(message);
    else if (message.session === ARRIVAL) this.onArrival();
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
    const arrivalMs = this.arrivals.nextMs(queue.now, this.settings.randoms.arrivals);
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
    operation.routingChoice = randoms.routing.uniform();
    return operation;
  }

  private invoke(operation: OpenOperation): void {
    const { network, routing, recorder, queue } = this.parts;
    const { client, endpoint, firstSession, workload } = this.settings;
    operation.invokedAtMs = queue.now;
    recorder.operationInvoked(operation);
    const request =
      operation.kind === 'READ'
        ? network.send(endpoint, routing.nodeForRead(client, operation.routingChoice), ClientMessage.Read, 0)
        : network.send(endpoint, routing.nodeForWrite(client), ClientMessage.Write, 1);
    request.operation = operation.id;
    request.session = operation.session;
    request.key = operation.key;
    this.alarms.watch(operation.session - firstSession, queue.now + workload.timeoutMs);
  }

  private onMessage(message: Message): void {
    if (this.parts.network.delivers(message)) this.onAnswer(message);
  }

  private onAnswer(answer: Answer): void {
    const session = answer.session - this.settings.firstSession;
    const operation = this.sessions.at(session);
    if (operation === null || operation.id !== answer.operation) return;
    if (this.parts.queue.now >= this.deadlineOf(operation)) return;
    operation.answered({ node: answer.from, epoch: answer.epoch, lsn: answer.lsn });
    this.alarms.release(session);
    this.end(session, operation);
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
