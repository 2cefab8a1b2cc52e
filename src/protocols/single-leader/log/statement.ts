import type { LogEntry } from '../../../engine/message';

/** Well below any difference between two values that a workload gives. */
const VARIATION = 1 / 1024;
const HASH_RANGE = 4_294_967_296;

/**
 * What the value of a write differs by where this node executes it: 0 unless it is one of those that call NOW() or RAND().
 * Which ones do is a matter of their ids alone, so that all nodes agree on it, and every node has a value of its own.
 */
export function variationOf({ operation }: Pick<LogEntry, 'operation'>, node: number, share: number): number {
  if (share === 0 || hashOf(operation) >= share) return 0;
  return (node + 1) * VARIATION;
}

/** 0 … 1, evenly: the finalizer of MurmurHash3. */
function hashOf(operation: number): number {
  let mixed = operation | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), -2048144789);
  mixed = Math.imul(mixed ^ (mixed >>> 13), -1028477387);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / HASH_RANGE;
}
