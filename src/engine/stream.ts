import type { Message } from './message';
import { MessageLine } from './message-line';

/** Held: it waits for the retransmission of a lost segment, and what arrives meanwhile waits behind that. */
export type StreamState = 'OPEN' | 'HELD' | 'RELEASING';

/** One of the ordered streams from one endpoint to another: a connection of its own. */
export class Stream {
  state: StreamState = 'OPEN';
  /** Counts its connections: an alarm of an older one is void. */
  connection = 0;
  /** From one retransmission to the next, while it is held. */
  timeoutMs = 0;
  /** Segments that wait for a retransmission. */
  readonly held = new MessageLine();
  /** When its last segment arrives: the next one cannot overtake it. */
  private lastArrivalMs = -Infinity;

  /** A slow segment, which carries the time of its arrival, holds up those behind it. */
  keepInOrder(segment: Message): void {
    if (segment.time > this.lastArrivalMs) this.lastArrivalMs = segment.time;
    else segment.time = this.lastArrivalMs;
  }

  /** A new connection does not wait for the segments of the one that broke. */
  reset(): void {
    this.lastArrivalMs = -Infinity;
    this.connection++;
  }
}
