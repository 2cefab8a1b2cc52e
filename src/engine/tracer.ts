import type { HoldReason, LossReason, StateTrace } from '../model/trace';
import type { Message } from './message';
import type { Timer } from './timer';

/**
 * Sees what a run does beyond what its observer is told, one by one: messages, timers, flushes, states. It cannot change the
 * run; without one nothing is spent on it.
 *
 * A message is filled in after it is sent and used again after it was handled or lost: read it when it is delivered or lost.
 * One that waited in a node's queue when that crashed is gone without another word.
 */
export interface Tracer {
  sent(message: Message, nowMs: number): void;
  /** A message that is being delivered takes another way as well, as a copy that the network made. */
  duplicated(of: { readonly original: Message; readonly copy: Message; readonly atMs: number }): void;
  /** A segment of a stream has to wait. */
  held(message: Message, nowMs: number, reason: HoldReason): void;
  /** It has come to its receiver, who is up. */
  delivered(message: Message, nowMs: number): void;
  lost(message: Message, nowMs: number, reason: LossReason): void;
  /** The node begins to serve it. */
  serviceBegan(message: Message, nowMs: number): void;
  /** The node acts on it. */
  handled(message: Message, nowMs: number): void;
  /** The node lost whatever waited there. */
  crashed(node: number, nowMs: number): void;
  timerFired(firing: { readonly node: number; readonly timer: Timer; readonly atMs: number }): void;
  flushed(flush: { readonly node: number; readonly position: number; readonly atMs: number }): void;
  stateChanged(change: Omit<StateTrace, 'type'>): void;
}
