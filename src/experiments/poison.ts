import type { IdSource } from './ports/ids';
import type { CrashRule } from './ports/stores';

/** A run whose worker or simulation died this often is poisoned: it fails instead of taking another with it. */
const CRASHES_MAX = 3;

export function crashRule(ids: Pick<IdSource, 'shard'>): CrashRule {
  return { crashesMax: CRASHES_MAX, newShardId: () => ids.shard() };
}
