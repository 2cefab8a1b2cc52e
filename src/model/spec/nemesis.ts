/** What a nemesis does to each node, each with a fate of its own. */
export const NODE_NEMESIS_KINDS = ['CRASH', 'PAUSE', 'SLOW_DISK', 'CLOCK_SKEW'] as const;
/** What it does to the cluster as a whole, one at a time. */
export const CLUSTER_NEMESIS_KINDS = ['PARTITION', 'SLOW_LINK', 'LOSSY_LINK', 'DATACENTER_OUTAGE'] as const;
export const NEMESIS_KINDS = [...NODE_NEMESIS_KINDS, ...CLUSTER_NEMESIS_KINDS] as const;

export type NodeNemesisKind = (typeof NODE_NEMESIS_KINDS)[number];
export type ClusterNemesisKind = (typeof CLUSTER_NEMESIS_KINDS)[number];
export type NemesisKind = NodeNemesisKind | ClusterNemesisKind;

/**
 * Random faults: of each kind, good and bad times alternate, both exponentially distributed.
 *
 * All begins well at −warmupMs. Each node has its own good and bad times of each of the `NODE_NEMESIS_KINDS`, so that in
 * the long run it is up for MTTF / (MTTF + MTTR) of the time, independently of the others; each of the
 * `CLUSTER_NEMESIS_KINDS` comes once for the cluster.
 */
export interface NemesisSpec {
  /** Mean length of a good time. */
  readonly meanTimeToFailureMs: number;
  /** Mean length of a bad time. */
  readonly meanTimeToRepairMs: number;
  readonly kinds: readonly NemesisKind[];
  /** Whom it may hit with what befalls nodes, and whom it parts; null: every node. */
  readonly nodes: readonly string[] | null;
}
