/** Which node a read goes to. */
export const READ_POLICIES = [
  'LEADER',
  'ANY_FOLLOWER',
  'NEAREST',
  'STICKY',
  'LAG_BOUNDED',
  'LEADER_AFTER_WRITE',
  'TIMESTAMP_TOKEN',
  'LSN_TOKEN',
] as const;
export type ReadPolicy = (typeof READ_POLICIES)[number];

export interface ReadSettings {
  readonly policy: ReadPolicy;
  /** Of LAG_BOUNDED: a follower that is further behind sends the reader to the leader. */
  readonly maxLagMs: number;
  /** Of LEADER_AFTER_WRITE: for so long after a session's write was acknowledged its reads go to the leader. */
  readonly windowMs: number;
  /** Of the tokens: how long a follower lets a read wait for what it lacks, before it sends the reader to the leader. */
  readonly waitMs: number;
}

export const DEFAULT_READS: ReadSettings = {
  policy: 'LEADER',
  maxLagMs: 5000,
  windowMs: 60_000,
  waitMs: 1000,
};
