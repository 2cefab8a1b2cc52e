import type { Distribution } from './distribution';
import type { EventQueue } from './event-queue';
import { MessageLine } from './message-line';
import { Phase, type Message } from './message';
import type { Random } from './random';
import type { Tracer } from './tracer';

/**
 * What serves the requests and log entries of one node: one at a time, first come first served.
 *
 * Only the one in service is in the event queue; the others wait in line.
 */
export class Server {
  /** Nothing takes time here. */
  readonly isInstant: boolean;
  private inService: Message | null = null;
  private endsMs = 0.5;
  private readonly waiting = new MessageLine();

  constructor(
    private readonly queue: EventQueue,
    private readonly serviceTime: Distribution,
    private readonly random: Random,
    private readonly tracer: Tracer | null,
  ) {
    this.isInstant = serviceTime.isZero;
  }

  take(message: Message): void {
    message.phase = Phase.Served;
    if (this.inService === null) this.serve(message);
    else this.waiting.add(message);
  }

  /** An event of phase Served has come. True if a service is over: then the next one has begun. */
  finishes(message: Message): boolean {
    if (this.queue.now < this.endsMs) {
      this.queue.schedule(message, this.endsMs);
      return false;
    }
    this.inService = null;
    const next = this.waiting.take();
    if (next !== null) this.serve(next);
    return true;
  }

  /** Whether it is the one in service; if not, it was lost in a crash since. */
  serves(message: Message): boolean {
    return message === this.inService;
  }

  /** The node stood still for so long, and the service under way with it. */
  delay(byMs: number): void {
    this.endsMs += byMs;
  }

  /** What waits and what is in service is lost. */
  crash(): void {
    this.inService = null;
    for (let lost = this.waiting.take(); lost !== null; lost = this.waiting.take()) this.queue.recycle(lost);
  }

  private serve(message: Message): void {
    if (this.tracer !== null) this.tracer.serviceBegan(message, this.queue.now);
    let endsMs = this.queue.now;
    let work = message.work;
    for (; work >= 1; work--) endsMs += this.serviceTime.sample(this.random);
    if (work > 0) endsMs += work * this.serviceTime.sample(this.random);
    this.endsMs = endsMs;
    this.inService = message;
    this.queue.schedule(message, endsMs);
  }
}
