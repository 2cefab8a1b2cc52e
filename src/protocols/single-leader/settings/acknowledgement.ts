/** Whom the leader waits for before it acknowledges a write. */
export const ACKNOWLEDGEMENT_MODES = ['ASYNC', 'SEMI_SYNC', 'SYNC', 'FIRST', 'ANY'] as const;
export type AcknowledgementMode = (typeof ACKNOWLEDGEMENT_MODES)[number];

/** What it waits for at each of them: PostgreSQL's `synchronous_commit` local, remote_write, on, remote_apply. */
export const AWAITED = ['LOCAL_FLUSH', 'REMOTE_WRITE', 'REMOTE_FLUSH', 'REMOTE_APPLY'] as const;
export type Awaited = (typeof AWAITED)[number];

/** MySQL's `rpl_semi_sync_source_wait_point`: whether the leader's readers see a write before or after the wait. */
export const WAIT_POINTS = ['AFTER_SYNC', 'AFTER_COMMIT'] as const;
export type WaitPoint = (typeof WAIT_POINTS)[number];

export interface AcknowledgementSettings {
  readonly mode: AcknowledgementMode;
  /** Followers of SEMI_SYNC (`rpl_semi_sync_source_wait_for_replica_count`), or of the k of FIRST k and ANY k. */
  readonly count: number;
  /** Of FIRST, by priority, and of ANY: names of nodes; null: every node, in the order of the cluster. */
  readonly standbys: readonly string[] | null;
  readonly await: Awaited;
  readonly waitPoint: WaitPoint;
  /** Of SEMI_SYNC (`rpl_semi_sync_source_timeout`): after it the leader waits no more. */
  readonly timeoutMs: number;
}

export const DEFAULT_ACKNOWLEDGEMENT: AcknowledgementSettings = {
  mode: 'ASYNC',
  count: 1,
  standbys: null,
  await: 'REMOTE_FLUSH',
  waitPoint: 'AFTER_SYNC',
  timeoutMs: 10_000,
};
