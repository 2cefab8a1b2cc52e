/** Whom settings may name, and who leads. */
export interface NodeNames {
  /** All nodes, in the order of the cluster. */
  readonly known: ReadonlySet<string>;
  /** Those that get the log from another follower: the leader does not wait for them. */
  readonly cascaded: ReadonlySet<string>;
  /** Null where the settings do not say it as they should. */
  readonly leader: string | null;
}
