import type { NodePlace } from '../model/spec/topology';
import type { ClientGroup } from './client-group';
import type { EventQueue } from './event-queue';
import type { Transition } from './fault-timeline';
import type { Host } from './host';
import { Phase, type Message } from './message';
import type { Recorder } from './recorder';

/** How long the world may take to come to rest after the clients have stopped, in simulated milliseconds. */
export const SETTLE_MS_MAX = 60_000;

export interface TimetableSettings {
  readonly endpoint: number;
  readonly nodes: readonly NodePlace[];
  readonly transitions: readonly Transition[];
  readonly durationMs: number;
}

export interface TimetableParts {
  readonly queue: EventQueue;
  readonly recorder: Recorder;
  readonly hosts: readonly Host[];
  readonly clientGroups: readonly ClientGroup[];
}

const Appointment = { Fault: 0, ClientsStop: 1, SettleEnds: 2 } as const;

/** What happens at fixed times: the faults, the end of the measured duration, the end of patience. */
export class Timetable {
  constructor(
    private readonly settings: TimetableSettings,
    private readonly parts: TimetableParts,
  ) {}

  /** Enters everything in the queue; once, before the run. */
  start(): void {
    const { transitions, durationMs } = this.settings;
    transitions.forEach(({ atMs }, index) => {
      this.enter(Appointment.Fault, atMs).key = index;
    });
    this.enter(Appointment.ClientsStop, durationMs);
  }

  accept(message: Message): void {
    switch (message.kind) {
      case Appointment.Fault:
        this.onFault(this.settings.transitions[message.key]);
        break;
      case Appointment.ClientsStop:
        this.onClientsStop();
        break;
      case Appointment.SettleEnds:
        this.parts.queue.clear();
    }
    this.parts.queue.recycle(message);
  }

  private onFault({ kind, node }: Transition): void {
    const host = this.parts.hosts[this.settings.nodes.findIndex(({ name }) => name === node)];
    if (kind === 'CRASH') this.crash(host);
    else this.restart(host);
  }

  /** Whoever is down restarts; the world may come to rest before its time is over, so that end is nothing to wait for. */
  private onClientsStop(): void {
    for (const group of this.parts.clientGroups) group.stop();
    for (const host of this.parts.hosts) if (!host.isUp) this.restart(host);
    this.parts.recorder.clientsStopped();
    this.enter(Appointment.SettleEnds, this.settings.durationMs + SETTLE_MS_MAX);
    this.parts.queue.abandoned++;
  }

  private crash(host: Host): void {
    this.parts.recorder.fault('CRASH', host.id);
    host.crash('LOST');
  }

  private restart(host: Host): void {
    this.parts.recorder.fault('RESTART', host.id);
    host.restart();
  }

  private enter(appointment: number, atMs: number): Message {
    const message = this.parts.queue.blank();
    message.phase = Phase.Alarm;
    message.to = this.settings.endpoint;
    message.kind = appointment;
    this.parts.queue.schedule(message, atMs);
    return message;
  }
}
