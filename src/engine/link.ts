import type { Distribution } from './distribution';
import type { Random } from './random';

/** One direction between two endpoints: when does what is sent now come out at the other end? */
export class Link {
  /** When the last segment of the stream arrives: the next one cannot overtake it. */
  private lastOfStreamMs = -Infinity;

  constructor(
    private readonly latency: Distribution,
    private readonly random: Random,
  ) {}

  /** For a message that stands for itself. */
  arrivalMs(nowMs: number): number {
    return nowMs + this.latency.sample(this.random);
  }

  /** For the next segment of the ordered stream (TCP): a slow segment holds up those behind it. */
  arrivalInStreamMs(nowMs: number): number {
    const arrivalMs = this.arrivalMs(nowMs);
    if (arrivalMs > this.lastOfStreamMs) this.lastOfStreamMs = arrivalMs;
    return this.lastOfStreamMs;
  }

  /** A new connection does not wait for the segments of the one that broke. */
  reset(): void {
    this.lastOfStreamMs = -Infinity;
  }
}
