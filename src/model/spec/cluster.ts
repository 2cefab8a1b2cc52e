import type { Distribution } from './distribution';

/** A named place that holds nodes; its nodes are named `<name>-1` … `<name>-n`. */
export interface DatacenterSpec {
  readonly name: string;
  readonly nodes: number;
}

/** Symmetric `between` two datacenters, one way `from` … `to`, or `within` one. */
export type LinkEnds =
  | { readonly between: readonly [string, string] }
  | { readonly within: string }
  | { readonly from: string; readonly to: string };

/** How a link carries a message, one way. */
export interface LinkLaw {
  readonly latency: Distribution;
  /** Drawn anew for each message and added to its latency; null: none. */
  readonly jitter: Distribution | null;
  /** Probability that a message is lost, 0 … 1. */
  readonly loss: number;
  /** Probability that a message arrives a second time, 0 … 1. */
  readonly duplication: number;
}

export type LinkSpec = LinkEnds & LinkLaw;

/** How wrong a node's clock is: at t it shows t + offsetMs + driftPpm · t / 10⁶, t from the start of the duration. */
export interface ClockSpec {
  readonly node: string;
  readonly offsetMs: number;
  readonly driftPpm: number;
}

/** How long a node is busy with one request or replicated entry, and how long its disk takes to flush. */
export interface NodeProfile {
  readonly serviceTime: Distribution;
  readonly fsync: Distribution;
}

/** The protocol and its settings: one key, the protocol's name in the registry. */
export type ReplicationSpec = Readonly<Record<string, object>>;

/** A cluster with every default filled in. `datacenters` is empty for a cluster of plain `nodes`. */
export interface ClusterSpec {
  readonly name: string;
  readonly datacenters: readonly DatacenterSpec[];
  /** Nodes of a cluster without datacenters, named `node-1` … `node-n`; null with datacenters. */
  readonly nodes: number | null;
  readonly links: readonly LinkSpec[];
  readonly nodeProfile: NodeProfile;
  /** The clocks that are not exact, at most one entry a node. */
  readonly clocks: readonly ClockSpec[];
  readonly replication: ReplicationSpec;
}
