import { invariant } from '../../model/invariant';
import type { ClientGroup } from '../client-group';
import type { EventQueue } from '../event-queue';
import { Phase, type Message } from '../message';
import type { Recorder } from '../recorder';
import type { FaultStep } from './affliction';
import type { Afflictions } from './afflictions';
import type { Nemesis } from './nemesis';

/** How long the world may take to come to rest after the clients have stopped, in simulated milliseconds. */
export const SETTLE_MS_MAX = 60_000;

export interface TimetableSettings {
  readonly endpoint: number;
  readonly durationMs: number;
  /** In the order of time, before `durationMs`. */
  readonly schedule: readonly FaultStep[];
  readonly nemesis: Nemesis | null;
}

export interface TimetableParts {
  readonly queue: EventQueue;
  readonly recorder: Recorder;
  readonly afflictions: Afflictions;
  readonly clientGroups: readonly Pick<ClientGroup, 'stop'>[];
}

const Appointment = { Fault: 0, RandomFault: 1, ClientsStop: 2, SettleEnds: 3 } as const;

/**
 * What happens at its own time: the faults, the end of the measured duration, the end of patience.
 *
 * The schedule is in the queue from the start, so a scheduled fault comes before whatever else happens at its moment. Of the
 * nemesis only the next step is.
 */
export class Timetable {
  /** Appointments in the queue. */
  private upcoming = 0;
  private isOver = false;

  constructor(
    private readonly settings: TimetableSettings,
    private readonly parts: TimetableParts,
  ) {}

  /** Enters everything in the queue; once, before the run. */
  start(): void {
    const { schedule, durationMs } = this.settings;
    this.parts.afflictions.start();
    schedule.forEach(({ atMs }, index) => {
      this.enter(Appointment.Fault, atMs).key = index;
    });
    this.enter(Appointment.ClientsStop, durationMs);
    this.awaitNemesis();
  }

  /** The clients stop now, perhaps before their time, and every fault ends: of what was still to come nothing happens. */
  stopClients(): void {
    for (const group of this.parts.clientGroups) group.stop();
    this.parts.afflictions.endAll();
    this.parts.recorder.clientsStopped();
    this.isOver = true;
    this.parts.queue.abandoned += this.upcoming;
    this.enter(Appointment.SettleEnds, this.parts.queue.now + SETTLE_MS_MAX);
    // The world may come to rest before its time is over, so that end is nothing to wait for.
    this.parts.queue.abandoned++;
  }

  accept(message: Message): void {
    this.upcoming--;
    if (this.isOver && message.kind !== Appointment.SettleEnds) this.parts.queue.abandoned--;
    else this.keep(message);
    this.parts.queue.recycle(message);
  }

  private keep(message: Message): void {
    switch (message.kind) {
      case Appointment.Fault:
        this.parts.afflictions.play(this.settings.schedule[message.key]);
        break;
      case Appointment.RandomFault:
        this.onRandomFault();
        break;
      case Appointment.ClientsStop:
        this.stopClients();
        break;
      case Appointment.SettleEnds:
        this.parts.queue.clear();
    }
  }

  private onRandomFault(): void {
    const { nemesis } = this.settings;
    invariant(nemesis !== null, 'a random fault without a nemesis');
    this.parts.afflictions.play(nemesis.next());
    this.awaitNemesis();
  }

  private awaitNemesis(): void {
    const { nemesis, durationMs } = this.settings;
    if (nemesis !== null && nemesis.nextAtMs < durationMs)
      this.enter(Appointment.RandomFault, nemesis.nextAtMs);
  }

  private enter(appointment: number, atMs: number): Message {
    this.upcoming++;
    const message = this.parts.queue.blank();
    message.phase = Phase.Alarm;
    message.to = this.settings.endpoint;
    message.kind = appointment;
    this.parts.queue.schedule(message, atMs);
    return message;
  }
}
