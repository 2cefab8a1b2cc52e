import type { LinkEnds } from './cluster';

/** What becomes of the messages that a crashing node had sent and that are still under way. */
export type InFlight = 'LOST' | 'DELIVERED';

/** A node stops, and loses its memory and what was not durable. */
export interface CrashFault {
  readonly node: string;
  readonly atMs: number;
  /** Null: the node stays down until the clients stop. */
  readonly restartAfterMs: number | null;
  readonly inFlight: InFlight;
}

/** The end of a node's outage, whoever began it. */
export interface RestartFault {
  readonly node: string;
  readonly atMs: number;
}

/** A node stands still while the world goes on (a garbage collection, a stopped process). */
export interface PauseFault {
  readonly node: string;
  readonly atMs: number;
  readonly durationMs: number;
}

/** Nodes and datacenters: a datacenter means its nodes and its clients, a node only itself. */
export type PartitionSide = readonly string[];

/** What is sent from one side to the other, in both directions or in one, is not delivered. */
export type PartitionFault = (
  | { readonly between: readonly [PartitionSide, PartitionSide] }
  | { readonly from: PartitionSide; readonly to: PartitionSide }
) & {
  readonly atMs: number;
  /** Null: until the clients stop, or a `heal`. */
  readonly healAfterMs: number | null;
};

/** One node, or a datacenter with its clients, is cut off from everybody else, in both directions. */
export type IsolateFault = ({ readonly node: string } | { readonly datacenter: string }) & {
  readonly atMs: number;
  readonly healAfterMs: number | null;
};

/** The end of every partition and isolation. */
export interface HealFault {
  readonly atMs: number;
}

/** Which links a fault hits: those of some datacenters, or `everywhere` all of the cluster. */
export type FaultReach = LinkEnds | { readonly everywhere: true };

/** Every message takes `factor` times its time, and `extraMs` more. */
export type SlowLinkFault = FaultReach & {
  readonly atMs: number;
  readonly durationMs: number;
  readonly factor: number;
  readonly extraMs: number;
};

/** Messages are lost, or arrive twice, with these probabilities. */
export type LossyLinkFault = FaultReach & {
  readonly atMs: number;
  readonly durationMs: number;
  readonly loss: number;
  readonly duplication: number;
};

/** Every flush of a node takes `factor` times its time. */
export interface SlowDiskFault {
  readonly node: string;
  readonly atMs: number;
  readonly durationMs: number;
  readonly factor: number;
}

/** A node's clock jumps by `offsetMs` and then gains `driftPpm` microseconds a second. */
export interface ClockSkewFault {
  readonly node: string;
  readonly atMs: number;
  readonly offsetMs: number;
  readonly driftPpm: number;
  /** After it the clock is right again, but for its own error; null: until the clients stop. */
  readonly durationMs: number | null;
}

/** All nodes of a datacenter crash (what they had sent is lost), and its clients reach nobody. */
export interface DatacenterOutageFault {
  readonly datacenter: string;
  readonly atMs: number;
  readonly durationMs: number;
}

/** Node after node is shut down, stays down for `downMs`, and the next follows `betweenMs` after its return. */
export interface RollingUpgradeFault {
  /** In this order; null: every node of the cluster. */
  readonly nodes: readonly string[] | null;
  readonly atMs: number;
  readonly downMs: number;
  readonly betweenMs: number;
}

/** A scheduled fault: exactly one of these. Times count from the start of the measured duration. */
export type FaultSpec =
  | { readonly crash: CrashFault }
  | { readonly restart: RestartFault }
  | { readonly pause: PauseFault }
  | { readonly partition: PartitionFault }
  | { readonly isolate: IsolateFault }
  | { readonly heal: HealFault }
  | { readonly slowLink: SlowLinkFault }
  | { readonly lossyLink: LossyLinkFault }
  | { readonly slowDisk: SlowDiskFault }
  | { readonly clockSkew: ClockSkewFault }
  | { readonly datacenterOutage: DatacenterOutageFault }
  | { readonly rollingUpgrade: RollingUpgradeFault };
