import type { Operation } from './operation';
import type { Value } from './value';
import type { Version } from './version';

/** What is known of a run before it starts; indexes in events refer to these lists. */
export interface RunOutline {
  readonly repetition: number;
  /** Names of the nodes that hold data, by node index. */
  readonly nodes: readonly string[];
  /** Datacenter of each client group, by client index; null in a cluster without datacenters. */
  readonly clientDatacenters: readonly (string | null)[];
  readonly sessions: number;
  readonly keys: number;
  readonly durationMs: number;
  /** In words, for witnesses: the name of a key, and of a session. */
  readonly keyName: (key: number) => string;
  /**
   * The workload sends reads at few, chosen delays after an acknowledgement (a probe): their t-visibility is counted by
   * the exact delay. Left out otherwise.
   */
  readonly readsAtChosenDelays?: boolean;
}

/** An operation as an observer hears of it. */
export interface ObservedOperation extends Operation {
  /**
   * While it is under way, sent and not ended, a number that no other operation under way has: from 0, below the number of
   * sessions, the lowest ones used most. So what is remembered of operations under way lies close together. `NEVER_SENT` if
   * it ends without having been sent.
   */
  readonly place: number;
}

/** The place of an operation that waited at its session until the end. */
export const NEVER_SENT = -1;

/** A write that became part of the accepting node's local, durable state. */
export interface Commit {
  readonly operation: number;
  readonly key: number;
  readonly version: Version;
  readonly node: number;
  readonly atMs: number;
  /** Its operation arrived in [0, durationMs): its lag is measured. */
  readonly measured: boolean;
}

/** What a replica holds at the end. */
export interface FinalState {
  readonly node: number;
  /** Null where the key is absent; good until the next call. */
  versionOf(key: number): Version | null;
  /** Null where the key holds nothing. */
  valueFor(key: number): Value;
  /** Bytes of its log that it retains, at least 0; left out by protocols that keep none or do not tell. */
  readonly logBytes?: number;
}

export const FAULT_KINDS = [
  'CRASH',
  'UPGRADE',
  'RESTART',
  'CAUGHT_UP',
  'PAUSE',
  'RESUME',
  'PARTITION',
  'HEAL',
  'SLOW_LINK',
  'LOSSY_LINK',
  'LINK_RESTORED',
  'SLOW_DISK',
  'DISK_RESTORED',
  'CLOCK_SKEW',
  'CLOCK_CORRECTED',
  'DATACENTER_OUTAGE',
  'DATACENTER_RESTORED',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault that changed something, or its end. */
export interface FaultEvent {
  readonly kind: FaultKind;
  readonly atMs: number;
  /** The nodes it happened to: those that an outage took down or gave back; none where it happened to links. */
  readonly nodes: readonly number[];
  /** What else its sentence needs, in words (`experiments/run/fault-sentences.ts`): a link, the sides, a factor. */
  readonly text: readonly string[];
}

/**
 * The port through which the engine tells what happens; measurements and checkers implement it.
 *
 * Calls come in the order of simulated time. An object handed over may be used again by the engine: copy what you keep.
 */
export interface Observer {
  /** A session sent the operation (`invokedAtMs`); outcome, completion and version are not yet known. */
  operationInvoked(operation: ObservedOperation): void;
  /** The operation ended; at the end of settle, whatever is still open ends as UNKNOWN. */
  operationEnded(operation: ObservedOperation): void;
  committed(commit: Commit): void;
  /** A replica other than the committing node applied the write of that operation. */
  applied(replica: number, operation: number, atMs: number): void;
  fault(event: FaultEvent): void;
  /** Clients have stopped, faults are healed; settle begins. */
  clientsStopped(atMs: number): void;
  /** The world is quiet, or settle ran out of time. The last call. */
  settled(atMs: number, states: readonly FinalState[]): void;
}
