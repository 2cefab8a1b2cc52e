import type { AnomalyKind } from './anomaly';
import type { Value } from './value';
import type { Version } from './version';

/** OK and FAIL are definite: it happened, it did not. INFO: nobody knows, it may still take effect (Jepsen's words). */
export const HISTORY_EVENT_TYPES = ['INVOKE', 'OK', 'FAIL', 'INFO'] as const;
export type HistoryEventType = (typeof HISTORY_EVENT_TYPES)[number];

/** What was asked for. ADD adds a number to a counter, or an item to a set; REMOVE takes an item out of a set. */
export const HISTORY_FUNCTIONS = ['READ', 'WRITE', 'DELETE', 'ADD', 'REMOVE'] as const;
export type HistoryFunction = (typeof HISTORY_FUNCTIONS)[number];

/**
 * A line of a history: an operation was sent, or it ended. Each operation has both, in this order; lines come in the order of
 * events, also where times tie. `process`, `type`, `f`, `key`, `value` and `timeMs` are Jepsen's, the rest is ours.
 */
export interface HistoryEvent {
  /** The session: it has one operation under way at a time. */
  readonly process: number;
  readonly type: HistoryEventType;
  readonly f: HistoryFunction;
  readonly key: string;
  /**
   * WRITE: the id of its operation, a value that no other write has. DELETE: null. ADD and REMOVE: the amount, or the item.
   * READ: null until it is OK; then the number, or the items rising; of a register null if it holds nothing, of a counter 0, of
   * a set []. Null for a set of more items than a history keeps.
   */
  readonly value: Value;
  /** When it was sent, or ended: simulated milliseconds to the nanosecond, negative in the warm-up. */
  readonly timeMs: number;
  /** Of an INVOKE that waited at its session: when it came there. Left out otherwise. */
  readonly arrivedAtMs?: number;
  /** Its id, unique in the run. */
  readonly operation: number;
  /** The write that this one answers, by its id; left out where there is none. */
  readonly cause?: number;
  /** The node that answered, null without an answer; left out of an INVOKE. */
  readonly node?: string | null;
  /** The version read or written, nodes in it by their index; null for an absent key and while unknown. Not of an INVOKE. */
  readonly version?: Version | null;
}

/** A stretch of a run of which the operations were kept. */
export interface HistoryWindow {
  /** Every operation that ended after `fromMs` and before `toMs` is there; so are, within limits, those still under way then. */
  readonly fromMs: number;
  readonly toMs: number;
  /** What showed there; null: nothing, it is the beginning of the run. */
  readonly anomaly: AnomalyKind | null;
}

/** What is kept of a run's operations. Those that were never sent are no part of a history. */
export interface HistoryDescription {
  /** WHOLE: every operation, the warm-up's too. WINDOWS: too many to keep; those of the windows. */
  readonly recording: 'WHOLE' | 'WINDOWS';
  /** How many are kept, and how many there were. */
  readonly operations: number;
  readonly operationsOfRun: number;
  /** In the order of `fromMs`; none if the whole is kept. They may overlap. */
  readonly windows: readonly HistoryWindow[];
}

export interface RecordedHistory {
  readonly description: HistoryDescription;
  /** See `encodeHistory`: seldom more than half a megabyte, never two, and all that their buffer holds. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}
