import type {
  CopiedState,
  Discard,
  Failover,
  FaultEvent,
  FollowerRecovery,
  LeadershipEvent,
  Notice,
  Reconciliation,
} from './observer';
import type { Operation } from './operation';
import type { Version } from './version';

/**
 * Why a message did not arrive. LOSS: the link dropped it; PARTITION: its direction was cut; SENDER_CRASHED: it died with its
 * sender; CONNECTION_BROKEN: its stream ended, as one end crashed; RECEIVER_DOWN: nobody was there.
 */
export const LOSS_REASONS = [
  'LOSS',
  'PARTITION',
  'SENDER_CRASHED',
  'CONNECTION_BROKEN',
  'RECEIVER_DOWN',
] as const;
export type LossReason = (typeof LOSS_REASONS)[number];

/** Why a segment of a stream waits: it was lost and is sent again, its direction is cut, or one before it waits. */
export type HoldReason = 'LOSS' | 'PARTITION' | 'BEHIND_ANOTHER';

/**
 * A message from its sending to the end of its handling, with what is known of it before the trace ends. It stands in the
 * trace of a window if it was under way, or waited at its node, at any time in it. Lost, it has `lostAtMs`; arrived, it has
 * `deliveredAtMs`; with neither it is still under way.
 */
export interface MessageTrace {
  readonly type: 'MESSAGE';
  /** Counts what is sent in the run, from 0: the same message has the same id in every window. */
  readonly id: number;
  /** Endpoints: nodes by their index, then client groups. */
  readonly from: number;
  readonly to: number;
  /** What kind of message it is, in the words of the protocol; `READ`, `WRITE`, `ANSWER` and `REFUSAL` are the engine's. */
  readonly name: string;
  /** The message it is a second copy of; null if it is none. */
  readonly copyOf: number | null;
  /** Of a copy: when the network made it, which is when its original arrived. */
  readonly sentAtMs: number;
  /** Under way: when it will arrive, unless it is lost or held up; null otherwise. */
  readonly dueAtMs: number | null;
  /** When a segment of a stream began to wait for a retransmission, and why; null if it did not. */
  readonly heldAtMs: number | null;
  readonly heldFor: HoldReason | null;
  readonly deliveredAtMs: number | null;
  /** When the node began to serve it; null if that cost no time, or did not happen. */
  readonly serviceBeganAtMs: number | null;
  /** When its receiver acted on it; null if it did not: a crash took it. */
  readonly handledAtMs: number | null;
  /** When it should have arrived; until then nobody could know. */
  readonly lostAtMs: number | null;
  readonly lostFor: LossReason | null;
  /** Ids of the operations it is about: one, or those of a batch's entries. */
  readonly operations: readonly number[];
  readonly key: number | null;
  readonly version: Version | null;
  /** A position in a log. */
  readonly position: number | null;
  /** How many log entries it carries; null if its kind carries none. */
  readonly entries: number | null;
}

/** An alarm that a node had set for itself and that was still wanted. */
export interface TimerTrace {
  readonly type: 'TIMER';
  readonly atMs: number;
  readonly node: number;
  /** In the words of the protocol. */
  readonly name: string;
  /** What it is about, in the words of the protocol: an operation, a follower. */
  readonly subject: number;
}

/** A node's disk has made its log durable up to a position. */
export interface FlushTrace {
  readonly type: 'FLUSH';
  readonly atMs: number;
  readonly node: number;
  readonly position: number;
}

/** Something that a node believes has changed, in the words of its protocol. */
export interface StateTrace {
  readonly type: 'STATE';
  readonly atMs: number;
  readonly node: number;
  readonly name: string;
  readonly value: string | number;
  /** The other node that it is about; null if it is about none. */
  readonly about: number | null;
}

/** A session sent an operation: its client's first message follows. */
export interface InvocationTrace extends Pick<
  Operation,
  'kind' | 'session' | 'client' | 'key' | 'arrivedAtMs'
> {
  readonly type: 'OPERATION_INVOKED';
  readonly atMs: number;
  readonly operation: number;
}

export interface OperationEndTrace extends Pick<
  Operation,
  'kind' | 'session' | 'client' | 'key' | 'arrivedAtMs' | 'invokedAtMs' | 'outcome' | 'version' | 'node'
> {
  readonly type: 'OPERATION_ENDED';
  readonly atMs: number;
  readonly operation: number;
}

/** A write became durable at the node that accepted it. */
export interface CommitTrace {
  readonly type: 'COMMIT';
  readonly atMs: number;
  readonly node: number;
  readonly operation: number;
  readonly key: number;
  readonly version: Version;
}

/** Another node applied a committed write. */
export interface ApplyTrace {
  readonly type: 'APPLY';
  readonly atMs: number;
  readonly node: number;
  readonly operation: number;
}

/** A node gave up a write for good that it had committed or applied. */
export interface DiscardTrace extends Discard {
  readonly type: 'DISCARD';
}

/** Two concurrent writes of a key met at a node. */
export interface ReconciliationTrace extends Omit<Reconciliation, 'replica'> {
  readonly type: 'RECONCILIATION';
  readonly node: number;
}

/** A node began, or ended, to believe that it leads. */
export interface LeadershipTrace extends LeadershipEvent {
  readonly type: 'LEADERSHIP';
}

/** A node took over the lead. */
export interface FailoverTrace extends Failover {
  readonly type: 'FAILOVER';
}

/** A node did something that its protocol gives notice of. */
export interface NoticeTrace extends Notice {
  readonly type: 'NOTICE';
}

/** A node took over another one's state, and with it every write up to a version. */
export interface CopyTrace extends Omit<CopiedState, 'replica'> {
  readonly type: 'COPIED';
  readonly node: number;
}

/** A node that had been down is live again. */
export interface RecoveryTrace extends Omit<FollowerRecovery, 'replica'> {
  readonly type: 'RECOVERED';
  readonly atMs: number;
  readonly node: number;
}

/** A fault or its end: a crash, a restart, a pause, a partition, … */
export interface FaultTrace extends FaultEvent {
  readonly type: 'FAULT';
}

/** The clients stopped, and the faults ended; or the world came to rest. */
export interface PhaseTrace {
  readonly type: 'CLIENTS_STOPPED' | 'SETTLED';
  readonly atMs: number;
}

/** Something that happened in a run. Plain data; times are simulated milliseconds. */
export type TraceEvent =
  | MessageTrace
  | TimerTrace
  | FlushTrace
  | StateTrace
  | InvocationTrace
  | OperationEndTrace
  | CommitTrace
  | ApplyTrace
  | DiscardTrace
  | ReconciliationTrace
  | LeadershipTrace
  | FailoverTrace
  | NoticeTrace
  | CopyTrace
  | RecoveryTrace
  | FaultTrace
  | PhaseTrace;

/** What happened in a stretch of a run. */
export interface Trace {
  readonly fromMs: number;
  /** Nothing of this moment, or of a later one, is told. */
  readonly toMs: number;
  /** Names of the nodes: endpoints 0, 1, … */
  readonly nodes: readonly string[];
  /** Datacenters of the client groups, null in a cluster without: the endpoints after the nodes. */
  readonly clientDatacenters: readonly (string | null)[];
  /** In the order of time, messages by their sending; what was sent before the window comes first. */
  readonly events: readonly TraceEvent[];
  /**
   * Null if it is complete. Otherwise there was more than the limit allows, and the trace ends early: of this moment some is
   * told, of what follows nothing.
   */
  readonly truncatedAtMs: number | null;
}

/** When an event stands in a trace: a message at its sending. */
export function timeOf(event: TraceEvent): number {
  return event.type === 'MESSAGE' ? event.sentAtMs : event.atMs;
}

/** Everything in a trace that is about one operation: its invocation, its messages, commit, applies, its end. */
export function eventsOfOperation(
  { events }: Pick<Trace, 'events'>,
  operation: number,
): readonly TraceEvent[] {
  return events.filter((event) => {
    if (event.type === 'MESSAGE') return event.operations.includes(operation);
    return 'operation' in event && event.operation === operation;
  });
}
