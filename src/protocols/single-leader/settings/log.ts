/** What the replication log holds: the statement, the bytes of the pages, or the rows. */
export const LOG_FORMATS = ['STATEMENT', 'WAL', 'ROW'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export interface LogSettings {
  readonly format: LogFormat;
  /** Of STATEMENT: share of writes that call NOW() or RAND() and give another value wherever they are executed, 0 … 1. */
  readonly nonDeterministicShare: number;
  /** Rows that a write changes: what ROW and WAL log of it, and what ROW takes to apply. */
  readonly rowsPerWrite: number;
  /** How much log of each shard a node keeps for late followers (`wal_keep_size`); what is kept for a slot comes on top. */
  readonly walKeepBytes: number;
  /** Each follower has a replication slot: its upstream keeps what it still needs, however much that is. */
  readonly slots: boolean;
  /** How fast a full copy (`pg_basebackup`) or a rewind (`pg_rewind`) is made. */
  readonly copyBytesPerSecond: number;
}

export const DEFAULT_LOG: LogSettings = {
  format: 'ROW',
  nonDeterministicShare: 0,
  rowsPerWrite: 1,
  walKeepBytes: 1_073_741_824,
  slots: false,
  copyBytesPerSecond: 104_857_600,
};
