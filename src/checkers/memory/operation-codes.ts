import { NEVER_SENT, type ObservedOperation } from '../../model/observer';
import { isMeasured, type Outcome } from '../../model/operation';

/** Kind and outcome of an operation that has ended, and whether it is judged, in the bits of a small number. */

/** The lowest two bits: the outcome. */
const OK = 0;
const FAILED = 1;
const UNKNOWN = 2;
/** It failed as it waited at its session until the end. */
const NOT_SENT = 3;
const OUTCOME = 3;
const OUTCOMES: readonly Outcome[] = ['OK', 'FAILED', 'UNKNOWN', 'FAILED'];
const WRITE = 4;
/** Answered OK, and arrived in [0, durationMs). */
const JUDGED = 8;
export const KIND_AND_OUTCOME = 7;

export function codeOf(operation: ObservedOperation, run: { readonly durationMs: number }): number {
  const kind = operation.kind === 'WRITE' ? WRITE : 0;
  if (operation.outcome === 'OK') return kind | OK | (isMeasured(operation, run) ? JUDGED : 0);
  if (operation.outcome === 'UNKNOWN') return kind | UNKNOWN;
  return kind | (operation.place === NEVER_SENT ? NOT_SENT : FAILED);
}

export function isWrite(code: number): boolean {
  return (code & WRITE) !== 0;
}

export function isOk(code: number): boolean {
  return (code & OUTCOME) === OK;
}

/** It was sent, and failed. */
export function hasFailed(code: number): boolean {
  return (code & OUTCOME) === FAILED;
}

/** It counts among what could show an anomaly: answered OK, and measured. */
export function isJudgedIn(code: number): boolean {
  return (code & JUDGED) !== 0;
}

export function outcomeIn(code: number): Outcome {
  return OUTCOMES[code & OUTCOME];
}
