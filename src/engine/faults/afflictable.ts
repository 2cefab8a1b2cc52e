import type { InFlight } from '../../model/spec/fault';
import type { ClockError } from '../clock';
import type { LinkCondition } from '../link';
import type { EndpointPair } from '../network';

/**
 * The world as faults act on it: hosts and network implement it.
 *
 * Calls tell changes only, at the present simulated time. Faults that overlap are already made one: a node that is down is
 * not crashed again, a pair that is cut is not cut again. What is never called for is whole: nodes up, links sound, clocks
 * exact.
 */
export interface Afflictable {
  /**
   * The node, which is up or paused, stops. LOST: what it has sent and is not delivered is gone too. A pause ends with it:
   * no `resume` will follow.
   */
  crash(node: number, inFlight: InFlight): void;
  /** The node, which is down, runs the next version of its software when it comes back. */
  upgrade(node: number): void;
  /** The node, which is down, comes back from its durable log. */
  restart(node: number): void;
  /** The node, which is up, stands still; the world goes on, and its clock too. */
  pause(node: number): void;
  /** The node, which is paused, goes on and believes what it believed. */
  resume(node: number): void;
  /** From now on a flush takes so many times its time; 1 is sound. The disk of a node that is down may change too. */
  slowDisk(node: number, factor: number): void;
  /** From now on its clock is wrong by that much; the error is complete: it replaces what was said before. */
  skewClock(node: number, error: ClockError): void;
  /** What would be delivered from now on is not; a stream sends it again after `mend`. */
  cut(pair: EndpointPair): void;
  mend(pair: EndpointPair): void;
  /** From now on the link is in that condition; the condition is complete: it replaces what was said before. */
  setLink(pair: EndpointPair, condition: LinkCondition): void;
}
