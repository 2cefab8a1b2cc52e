/** Who of the reachable followers leads next. VOTES is Raft's, and is known here only to say so. */
export const ELECTIONS = ['MOST_ADVANCED_LSN', 'PRIORITY', 'VOTES'] as const;
export type Election = (typeof ELECTIONS)[number];

/** What keeps an old leader from going on: nothing, its power, or followers that refuse an older epoch. */
export const FENCINGS = ['NONE', 'STONITH', 'EPOCH'] as const;
export type Fencing = (typeof FENCINGS)[number];

/** How clients find the new leader. */
export type Redirection =
  | {
      /** A record that clients keep for `ttlMs` before they ask again. */
      readonly dns: { readonly ttlMs: number };
    }
  | {
      /** An address that the new leader takes over, `moveMs` after it began to lead. */
      readonly virtualIp: { readonly moveMs: number };
    }
  | {
      /** A proxy beside the clients that looks every `checkIntervalMs` who leads. */
      readonly proxy: { readonly checkIntervalMs: number };
    };

export const DEFAULT_TTL_MS = 30_000;
export const DEFAULT_MOVE_MS = 500;
export const DEFAULT_CHECK_INTERVAL_MS = 1000;

export interface FailoverSettings {
  readonly enabled: boolean;
  /** The leader shows a sign of life so often. */
  readonly heartbeatIntervalMs: number;
  /** A leader is dead after so many intervals without one. */
  readonly misses: number;
  /** Instead of `misses` × `heartbeatIntervalMs`; null: that product. */
  readonly timeoutMs: number | null;
  /** A follower that still hears the leader refuses to replace it (repmgr's `primary_visibility_consensus`). */
  readonly visibilityConsensus: boolean;
  readonly election: Election;
  /** Of PRIORITY: names of nodes, the first best; nodes that are not named come after them. */
  readonly priorities: readonly string[];
  readonly promotionMs: number;
  readonly fencing: Fencing;
  /** Of STONITH: until the power of the old leader is off, and until the machine is back. */
  readonly stonithMs: number;
  readonly stonithRestartMs: number;
  readonly redirection: Redirection;
}

export const DEFAULT_FAILOVER: FailoverSettings = {
  enabled: true,
  heartbeatIntervalMs: 1000,
  misses: 3,
  timeoutMs: null,
  visibilityConsensus: false,
  election: 'MOST_ADVANCED_LSN',
  priorities: [],
  promotionMs: 1000,
  fencing: 'EPOCH',
  stonithMs: 500,
  stonithRestartMs: 10_000,
  redirection: { virtualIp: { moveMs: DEFAULT_MOVE_MS } },
};

/** Without a sign of life for so long, a leader is dead. */
export function detectionTimeoutMs({ timeoutMs, misses, heartbeatIntervalMs }: FailoverSettings): number {
  return timeoutMs ?? misses * heartbeatIntervalMs;
}
