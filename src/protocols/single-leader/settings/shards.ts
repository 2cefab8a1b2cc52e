/**
 * Which order a reader may count on between writes of different shards: none; that of one log, in which all that may
 * answer each other lies; or that of each answer behind what it answers, which replicas and clients track.
 */
export const CAUSALITIES = ['NONE', 'SAME_SHARD', 'TRACKED'] as const;
export type Causality = (typeof CAUSALITIES)[number];

export const DEFAULT_SHARDS = 1;
export const DEFAULT_CAUSALITY: Causality = 'NONE';
