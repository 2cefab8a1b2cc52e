import type { EndpointMap } from '../../model/spec/endpoint-map';
import type { ClockSpec } from '../../model/spec/cluster';
import type { Affliction, FaultAct } from './affliction';
import type { Afflictable } from './afflictable';
import { Availability } from './availability';
import { Cuts } from './cuts';
import { LinkConditions } from './link-conditions';
import { NodeConditions } from './node-conditions';
import { Partitions } from './partitions';
import type { Tell } from './tell';

export interface AfflictionsSettings {
  readonly map: EndpointMap;
  readonly clocks: readonly ClockSpec[];
  /** The simulated time, in ms. */
  readonly time: { readonly now: number };
}

/**
 * Everything that is wrong with the world just now.
 *
 * Faults come from several sources and overlap; this makes one state of them, and tells world and observer what has changed,
 * nothing else. What cannot happen does nothing; the end of what has not begun does nothing.
 */
export class Afflictions {
  private readonly availability: Availability;
  private readonly partitions: Partitions;
  private readonly links: LinkConditions;
  private readonly conditions: NodeConditions;

  constructor({ map, clocks, time }: AfflictionsSettings, world: Afflictable, tell: Tell) {
    const cuts = new Cuts(world, map.all.length);
    const byNode = new Map(clocks.map((clock) => [map.node(clock.node), clock]));
    this.availability = new Availability(world, cuts, tell);
    this.partitions = new Partitions(cuts, tell);
    this.links = new LinkConditions(world, map, tell);
    this.conditions = new NodeConditions({ clocks: byNode, time }, world, tell);
  }

  /** Sets what is wrong without any fault; once, before the run. */
  start(): void {
    this.conditions.start();
  }

  play(act: FaultAct): void {
    switch (act.act) {
      case 'BEGIN':
        this.begin(act.affliction);
        break;
      case 'END':
        this.end(act.affliction);
        break;
      case 'RESTART':
        this.availability.restart(act.node);
        break;
      case 'HEAL':
        this.partitions.heal();
    }
  }

  /** The world is whole again: partitions first, so that who comes back finds everybody. */
  endAll(): void {
    this.partitions.heal();
    this.links.endAll();
    this.conditions.endAll();
    this.availability.endAll();
  }

  private begin(affliction: Affliction): void {
    switch (affliction.kind) {
      case 'CRASH':
      case 'UPGRADE':
      case 'FENCED':
        this.availability.crash(affliction);
        break;
      case 'PAUSE':
        this.availability.pause(affliction);
        break;
      case 'DATACENTER_OUTAGE':
        this.availability.beginOutage(affliction);
        break;
      case 'PARTITION':
        this.partitions.begin(affliction);
        break;
      case 'SLOW_LINK':
      case 'LOSSY_LINK':
        this.links.begin(affliction);
        break;
      case 'SLOW_DISK':
        this.conditions.beginDisk(affliction);
        break;
      case 'CLOCK_SKEW':
        this.conditions.beginClock(affliction);
        break;
    }
  }

  private end(affliction: Affliction): void {
    switch (affliction.kind) {
      case 'CRASH':
      case 'UPGRADE':
      case 'FENCED':
        this.availability.recover(affliction);
        break;
      case 'PAUSE':
        this.availability.resume(affliction);
        break;
      case 'DATACENTER_OUTAGE':
        this.availability.endOutage(affliction);
        break;
      case 'PARTITION':
        this.partitions.end(affliction);
        break;
      case 'SLOW_LINK':
      case 'LOSSY_LINK':
        this.links.end(affliction);
        break;
      case 'SLOW_DISK':
        this.conditions.endDisk(affliction);
        break;
      case 'CLOCK_SKEW':
        this.conditions.endClock(affliction);
        break;
    }
  }
}
