import type { Crossing } from '../../model/spec/endpoint-map';
import type { InFlight } from '../../model/spec/fault';
import type { LinkCondition } from '../link';

/** A node is down. */
export interface NodeOutage {
  readonly kind: 'CRASH' | 'UPGRADE' | 'FENCED';
  readonly node: number;
  readonly inFlight: InFlight;
}

export interface NodePause {
  readonly kind: 'PAUSE';
  readonly node: number;
}

export interface DiskTrouble {
  readonly kind: 'SLOW_DISK';
  readonly node: number;
  readonly factor: number;
}

export interface ClockTrouble {
  readonly kind: 'CLOCK_SKEW';
  readonly node: number;
  readonly offsetMs: number;
  readonly driftPpm: number;
  /** Where its drift starts from nothing. */
  readonly sinceMs: number;
}

export interface Partition {
  readonly kind: 'PARTITION';
  readonly cut: readonly Crossing[];
  /** As `between seoul and tokyo`. */
  readonly where: string;
}

export interface LinkTrouble {
  readonly kind: 'SLOW_LINK' | 'LOSSY_LINK';
  readonly reach: readonly Crossing[];
  readonly condition: LinkCondition;
  /** As `between seoul and tokyo`. */
  readonly where: string;
}

export interface DatacenterOutage {
  readonly kind: 'DATACENTER_OUTAGE';
  readonly datacenter: string;
  readonly nodes: readonly number[];
  /** What its clients can neither send nor receive. */
  readonly cut: readonly Crossing[];
}

/** Something that is wrong with the world while it lasts. Two that look alike are still two: they are told apart by identity. */
export type Affliction =
  NodeOutage | NodePause | DiskTrouble | ClockTrouble | Partition | LinkTrouble | DatacenterOutage;

/** What the schedule or the nemesis wants to happen. Whether anything changes by it is seen when it is played. */
export type FaultAct =
  | { readonly act: 'BEGIN' | 'END'; readonly affliction: Affliction }
  /** The end of a node's own outage, whoever began it. */
  | { readonly act: 'RESTART'; readonly node: number }
  /** The end of every partition. */
  | { readonly act: 'HEAL' };

export type FaultStep = FaultAct & { readonly atMs: number };
