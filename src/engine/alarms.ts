import type { EventQueue } from './event-queue';
import { Phase } from './message';
import { NOT_SET, Timer, type AlarmOrigin } from './timer';

/**
 * The alarms of one node's timers.
 *
 * An alarm that is void is not taken back: it is passed over when it comes up. Until then the queue counts it as abandoned, as it
 * counts those of background timers, so that it knows when nothing that matters is left.
 */
export class Alarms {
  /** Counts crashes: an alarm that was set before the last one is void. */
  private life = 0;
  /** Alarms in the queue that will ring and that the world waits for. */
  private awaited = 0;

  constructor(
    private readonly owner: number,
    private readonly queue: EventQueue,
  ) {}

  /** @param subject what the timer is about, in the words of the protocol */
  createTimer(kind: number, subject: number, { isBackground }: { readonly isBackground: boolean }): Timer {
    return new Timer(this, kind, subject, isBackground);
  }

  /** Sets the timer anew; an earlier setting of it is void. */
  set(timer: Timer, delayMs: number): void {
    this.cancel(timer);
    timer.setInLife = this.life;
    if (timer.isBackground) this.queue.abandoned++;
    else this.awaited++;
    const alarm = this.queue.blank();
    alarm.phase = Phase.Alarm;
    alarm.to = this.owner;
    alarm.timer = timer;
    alarm.lsn = timer.generation;
    alarm.senderLife = this.life;
    this.queue.schedule(alarm, this.queue.now + delayMs);
  }

  cancel(timer: Timer): void {
    timer.generation = (timer.generation + 1) | 0;
    if (timer.setInLife === this.life && !timer.isBackground) this.abandon(1);
    timer.setInLife = NOT_SET;
  }

  /** An alarm of one of these timers has left the queue: whether it is to ring. */
  leave(timer: Timer, { lsn: generation, senderLife }: AlarmOrigin): boolean {
    const rings = senderLife === this.life && generation === timer.generation;
    if (rings) timer.setInLife = NOT_SET;
    if (rings && !timer.isBackground) this.awaited--;
    else this.queue.abandoned--;
    return rings;
  }

  /** All alarms are void. */
  crash(): void {
    this.abandon(this.awaited);
    this.life++;
  }

  private abandon(alarms: number): void {
    this.awaited -= alarms;
    this.queue.abandoned += alarms;
  }
}
