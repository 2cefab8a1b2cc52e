import type { Failover, RunOutline } from '../../model/observer';
import { time } from '../wording';
import type { Side } from './overlap';

interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Why it is wrong that two nodes led at once. */
export function explainSplitBrain(
  outline: RunOutline,
  { loser, winner }: { readonly loser: Side; readonly winner: Side },
  { fromMs, toMs }: Stretch,
): string {
  const [old, young] = [outline.nodes[loser.node], outline.nodes[winner.node]];
  return (
    `From ${time(fromMs)} to ${time(toMs)}, ${time(toMs - fromMs)} long, two nodes believed that they led${whatOf(outline, loser)}: ${old} ` +
    `(epoch ${loser.epoch}) and ${young} (epoch ${winner.epoch}). ${young} acknowledged ${writes(winner)}, and ` +
    `${old}, which should have stopped, ${writes(loser)}. What ${old} acknowledged is in danger, for only one of two histories ` +
    `can last. At any time at most one node should acknowledge writes.`
  );
}

function whatOf({ shardOf }: RunOutline, { shard }: Side): string {
  return shardOf === undefined ? '' : ` shard ${shard}`;
}

function writes({ writes: count, firstWrite }: Side): string {
  const atMs = firstWrite === null ? '' : time(firstWrite.completedAtMs);
  return count === 1 ? `one write, at ${atMs}` : `${count} writes, the first at ${atMs}`;
}

/** Why there was no reason for a failover. */
export function explainFalseFailover(outline: RunOutline, failover: Failover): string {
  const { oldLeader, newLeader, detectedAtMs, atMs, reachedNodes } = failover;
  const [old, young] = [outline.nodes[oldLeader], outline.nodes[newLeader]];
  return (
    `At ${time(detectedAtMs)} ${old} was declared dead, and at ${time(atMs)} ${young} took over. But ${old} was ` +
    `running, neither crashed nor paused, and ${reachedNodes} of ${outline.nodes.length} nodes, itself included, could ` +
    `speak with it: whoever waited for its sign of life did not wait long enough. It should have gone on leading.`
  );
}
