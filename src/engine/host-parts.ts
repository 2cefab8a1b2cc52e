import type { Distribution } from './distribution';
import type { EventQueue } from './event-queue';
import type { Network } from './network';
import type { Random } from './random';
import type { Recorder } from './recorder';

/** The parts of the world that a host stands on. */
export interface HostParts {
  readonly queue: EventQueue;
  readonly network: Network;
  readonly recorder: Recorder;
  readonly power: PowerSwitch;
}

/** Turns machines off and on again, whatever the network does. */
export interface PowerSwitch {
  /** Cuts the power of that node as soon as what happens just now is over; it comes back so long after. */
  cut(node: number, restartAfterMs: number): void;
}

export interface HostSettings {
  /** Its index in the topology, and its number as an endpoint. */
  readonly id: number;
  readonly serviceTime: Distribution;
  readonly serviceRandom: Random;
  readonly fsync: Distribution;
  readonly fsyncRandom: Random;
}
