import type { Distribution } from './distribution';
import type { EventQueue } from './event-queue';
import { Phase, type Message } from './message';
import type { Random } from './random';

/**
 * The disk of one node: makes its log durable, one flush at a time.
 *
 * What comes while a flush runs waits for the next one and shares it (group commit, as in PostgreSQL and InnoDB).
 */
export class Disk {
  private flushedThrough = 0;
  private wantedThrough = 0;
  private isFlushing = false;
  /** Counts crashes: a flush that began before the last one is void. */
  private life = 0;
  /** A slow disk takes this many times as long. */
  private factor = 1;

  constructor(
    private readonly owner: number,
    private readonly queue: EventQueue,
    private readonly fsync: Distribution,
    private readonly random: Random,
  ) {}

  /** Asks for everything up to that position of the log. */
  persist(position: number): void {
    this.wantedThrough = position;
    if (!this.isFlushing) this.flush();
  }

  /** Whether a crash took it before it was over. */
  hasLost(flush: Message): boolean {
    return flush.senderLife !== this.life;
  }

  /** A flush is over; the next one, if anybody waits, begins at once. Returns the position that is durable now. */
  finish(flush: Message): number {
    this.flushedThrough = flush.lsn;
    this.isFlushing = false;
    if (this.wantedThrough > this.flushedThrough) this.flush();
    return this.flushedThrough;
  }

  /** What is not flushed is lost, that which was being flushed too. */
  crash(): void {
    this.wantedThrough = this.flushedThrough;
    this.isFlushing = false;
    this.life++;
  }

  /** Flushes that begin from now on take this many times as long as the disk's own. */
  slowDown(factor: number): void {
    this.factor = factor;
  }

  private flush(): void {
    this.isFlushing = true;
    const flush = this.queue.blank();
    flush.phase = Phase.Flushed;
    flush.to = this.owner;
    flush.senderLife = this.life;
    flush.lsn = this.wantedThrough;
    this.queue.schedule(flush, this.queue.now + this.factor * this.fsync.sample(this.random));
  }
}
