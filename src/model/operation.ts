import type { Version } from './version';

export const OPERATION_KINDS = ['READ', 'WRITE'] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** What a write does to the value of its key. SET replaces it; INCREMENT adds; ADD and REMOVE change a set. */
export const EFFECTS = ['SET', 'DELETE', 'INCREMENT', 'ADD', 'REMOVE'] as const;
export type Effect = (typeof EFFECTS)[number];
/** What a message or a log holds of an effect: its index in `EFFECTS`. */
export const EFFECT_CODES = {
  SET: EFFECTS.indexOf('SET'),
  DELETE: EFFECTS.indexOf('DELETE'),
  INCREMENT: EFFECTS.indexOf('INCREMENT'),
  ADD: EFFECTS.indexOf('ADD'),
  REMOVE: EFFECTS.indexOf('REMOVE'),
} as const satisfies Record<Effect, number>;

/** A write in full. A write of a plain register is { effect: 'SET', operand: 0, cause: null }: its id is its value. */
export interface WriteEffect {
  readonly effect: Effect;
  /** INCREMENT: the integer to add, perhaps negative. ADD and REMOVE: the item, from 0. Otherwise 0. */
  readonly operand: number;
  /** The id of the write that this one answers: who sees this one must be able to see that one. Null: of none. */
  readonly cause: number | null;
}

/** OK and FAILED are definite; UNKNOWN may or may not have taken effect (Jepsen's `info`). */
export const OUTCOMES = ['OK', 'FAILED', 'UNKNOWN'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Whether an operation counts: it arrived in [0, durationMs), neither in the warm-up nor after the end. */
export function isMeasured(
  { arrivedAtMs }: Pick<Operation, 'arrivedAtMs'>,
  { durationMs }: { readonly durationMs: number },
): boolean {
  return arrivedAtMs >= 0 && arrivedAtMs < durationMs;
}

/** One operation of a session. Times are simulated milliseconds; negative ones lie in the warm-up. */
export interface Operation {
  /** Unique in its run, in the order of arrival. */
  readonly id: number;
  readonly kind: OperationKind;
  readonly session: number;
  /** Index of the client group, and so of its datacenter. */
  readonly client: number;
  readonly key: number;
  /** When it came to its session; its latency counts from here. */
  readonly arrivedAtMs: number;
  /** When the session, free at last, sent it; what it may see is judged from here. */
  readonly invokedAtMs: number;
  /** When it ended. */
  readonly completedAtMs: number;
  readonly outcome: Outcome;
  /** Read: the version returned, null for an absent key. Write: its own version, null while unknown. */
  readonly version: Version | null;
  /** The node that answered (its index in the topology), null without an answer. */
  readonly node: number | null;
}
