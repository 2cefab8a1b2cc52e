/** A shard whose worker died this often is poisoned: it fails instead of taking another worker with it. */
export const CRASHES_MAX = 3;
