import type { Distribution } from './distribution';

/** A named place that holds nodes; its nodes are named `<name>-1` … `<name>-n`. */
export interface DatacenterSpec {
  readonly name: string;
  readonly nodes: number;
}

/** One-way latencies: symmetric `between` two datacenters, one way `from` … `to`, or `within` one. */
export type LinkSpec = (
  | { readonly between: readonly [string, string] }
  | { readonly within: string }
  | { readonly from: string; readonly to: string }
) & { readonly latency: Distribution };

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
  readonly replication: ReplicationSpec;
}
