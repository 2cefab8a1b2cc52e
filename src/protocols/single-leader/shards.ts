import type { World } from '../../engine/replication';
import type { SingleLeaderSettings } from './settings/settings';

type ShardSettings = Pick<SingleLeaderSettings, 'shards' | 'causality'>;

/**
 * Which shard a key falls to, by its hash. Under SAME_SHARD whatever may answer each other lies in one: any message may answer
 * any other, so all messages do; values without causes are spread as ever.
 */
export function shardOfKey(
  { shards, causality }: ShardSettings,
  { values }: Pick<World, 'values'>,
): (key: number) => number {
  if (shards === 1 || (causality === 'SAME_SHARD' && 'messages' in values)) return () => 0;
  return (key) => (Math.imul(key ^ (key >>> 15), -1640531535) >>> 8) % shards;
}
