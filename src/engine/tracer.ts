import type { Message } from './message';

/**
 * Sees the messages of a run, one by one; without one nothing is spent on it.
 *
 * A message is filled in after it is sent and used again after it was handled: read it when it is delivered or lost.
 */
export interface Tracer {
  sent(message: Message, nowMs: number): void;
  delivered(message: Message, nowMs: number): void;
  lost(message: Message, nowMs: number): void;
}
