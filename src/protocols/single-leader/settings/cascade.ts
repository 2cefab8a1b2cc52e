/** A follower that gets the log from another node than the leader. */
export interface Cascade {
  readonly node: string;
  readonly upstream: string;
}
