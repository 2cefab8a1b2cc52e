import { SERIES_INTERVALS } from '../../model/interval-columns';
import { invariant } from '../../model/invariant';
import type { PositionSample } from '../../model/observer';
import type { ClientGroup } from '../client-group';
import type { EventQueue } from '../event-queue';
import type { PowerSwitch } from '../host-parts';
import { Phase, type Message } from '../message';
import type { Recorder } from '../recorder';
import type { FaultStep, NodeOutage } from './affliction';
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
  /** How far the followers are just now; null if nobody asks at regular intervals. */
  readonly positions: (() => Omit<PositionSample, 'atMs'>) | null;
}

const Appointment = {
  Fault: 0,
  RandomFault: 1,
  Positions: 2,
  ClientsStop: 3,
  SettleEnds: 4,
  PowerOff: 5,
  PowerBack: 6,
} as const;

/**
 * What happens at its own time: the faults, the end of the measured duration, the end of patience. And what nodes do to
 * the power of others, which is a fault too, though nobody planned it.
 *
 * The schedule is in the queue from the start, so a scheduled fault comes before whatever else happens at its moment. Of the
 * nemesis only the next step is.
 */
export class Timetable implements PowerSwitch {
  /** Appointments in the queue that will be kept. */
  private upcoming = 0;
  /** Rises when the clients stop: what is planned before is not kept after. */
  private era = 0;
  private readonly powerCuts: { readonly outage: NodeOutage; readonly restartAfterMs: number }[] = [];

  constructor(
    private readonly settings: TimetableSettings,
    private readonly parts: TimetableParts,
  ) {}

  /** Enters everything in the queue; once, before the run. */
  start(): void {
    const { schedule, durationMs } = this.settings;
    this.parts.afflictions.start();
    if (this.parts.positions !== null)
      for (let interval = 1; interval <= SERIES_INTERVALS; interval++)
        this.enter(Appointment.Positions, (durationMs * (interval - 0.5)) / SERIES_INTERVALS);
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
    this.parts.queue.abandoned += this.upcoming;
    this.upcoming = 0;
    this.era++;
    this.enter(Appointment.SettleEnds, this.parts.queue.now + SETTLE_MS_MAX);
    // The world may come to rest before its time is over, so that end is nothing to wait for.
    this.parts.queue.abandoned++;
  }

  /** Whoever asks for it is in the middle of something, perhaps of its own end: so the power goes with an event of its own. */
  cut(node: number, restartAfterMs: number): void {
    const outage: NodeOutage = { kind: 'FENCED', node, inFlight: 'DELIVERED' };
    const powerCuts = this.powerCuts.push({ outage, restartAfterMs });
    const { queue } = this.parts;
    this.place(Appointment.PowerOff, queue.now).key = powerCuts - 1;
  }

  accept(message: Message): void {
    const { kind, key, epoch: era } = message;
    this.parts.queue.recycle(message);
    if (kind === Appointment.PowerOff) this.onPowerOff(key);
    else if (era !== this.era) this.parts.queue.abandoned--;
    else {
      this.upcoming--;
      this.keep(kind, key);
    }
  }

  private keep(appointment: number, index: number): void {
    switch (appointment) {
      case Appointment.Fault:
        this.parts.afflictions.play(this.settings.schedule[index]);
        break;
      case Appointment.RandomFault:
        this.onRandomFault();
        break;
      case Appointment.Positions:
        this.onPositions();
        break;
      case Appointment.ClientsStop:
        this.stopClients();
        break;
      case Appointment.SettleEnds:
        this.parts.queue.clear();
        break;
      case Appointment.PowerBack:
        this.parts.afflictions.play({ act: 'END', affliction: this.powerCuts[index].outage });
    }
  }

  private onRandomFault(): void {
    const { nemesis } = this.settings;
    invariant(nemesis !== null, 'a random fault without a nemesis');
    this.parts.afflictions.play(nemesis.next());
    this.awaitNemesis();
  }

  private onPositions(): void {
    const { positions, recorder } = this.parts;
    invariant(positions !== null, 'positions are asked for of a protocol that has none');
    recorder.positions(positions());
  }

  private onPowerOff(index: number): void {
    const { outage, restartAfterMs } = this.powerCuts[index];
    this.parts.afflictions.play({ act: 'BEGIN', affliction: outage });
    this.enter(Appointment.PowerBack, this.parts.queue.now + restartAfterMs).key = index;
  }

  private awaitNemesis(): void {
    const { nemesis, durationMs } = this.settings;
    if (nemesis !== null && nemesis.nextAtMs < durationMs)
      this.enter(Appointment.RandomFault, nemesis.nextAtMs);
  }

  /** An appointment that is kept unless the clients stop before. */
  private enter(appointment: number, atMs: number): Message {
    this.upcoming++;
    return this.place(appointment, atMs);
  }

  private place(appointment: number, atMs: number): Message {
    const message = this.parts.queue.blank();
    message.phase = Phase.Alarm;
    message.to = this.settings.endpoint;
    message.kind = appointment;
    message.epoch = this.era;
    this.parts.queue.schedule(message, atMs);
    return message;
  }
}
