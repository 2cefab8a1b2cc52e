import type { PositionSample, ReplicaPosition } from '../../model/observer';
import type { Plan } from './plan';
import type { Replica } from './replica';
import type { ReplicasOfNode } from './replicas-of-node';

/** How far all followers are, as anybody could see who saw all nodes at once. A shard that nobody leads has no positions just now. */
export function sampleOf(nodes: readonly ReplicasOfNode[], plan: Plan): Omit<PositionSample, 'atMs'> {
  const positions = nodes.flatMap((_, node) =>
    Array.from({ length: plan.shards }, (__, shard) => positionOf({ nodes, node, shard, plan })),
  );
  return {
    replicas: positions.filter((position) => position !== null),
    logBytes: nodes.map(({ retainedEntries }) => retainedEntries * plan.valueBytes),
  };
}

interface Place {
  readonly nodes: readonly ReplicasOfNode[];
  readonly node: number;
  readonly shard: number;
  readonly plan: Plan;
}

/** Null of the leader itself. */
function positionOf({ nodes, node, shard, plan }: Place): ReplicaPosition | null {
  const leader = newestLeader(nodes, shard);
  if (leader === null || leader === node) return null;
  const replica = nodes[node].replicas[shard];
  const { storage } = replica;
  // A leader that was replaced and does not know it yet follows nobody.
  const upstream = replica.isLeading || replica.source === node ? leader : replica.source;
  // Whatever it has was sent to it once, if not by whom it follows now.
  const sent = nodes[upstream].replicas[shard].sender.find(node)?.sent ?? 0;
  const { storage: ofLeader } = nodes[leader].replicas[shard];
  return {
    node,
    upstream,
    sentLsn: Math.max(storage.written, sent),
    writeLsn: storage.written,
    flushLsn: storage.flushed,
    replayLsn: storage.applied,
    leaderLsn: ofLeader.flushed,
    lagBytes: Math.max(0, ofLeader.flushed - storage.applied) * plan.entryBytes,
    lagMs: ageOfEntryAfter(storage.applied, nodes[leader].replicas[shard]),
  };
}

/** Of the newest epoch, if several believe that they lead. */
function newestLeader(nodes: readonly ReplicasOfNode[], shard: number): number | null {
  let newest: number | null = null;
  nodes.forEach(({ replicas }, node) => {
    const { isLeading, epoch } = replicas[shard];
    if (isLeading && (newest === null || epoch > nodes[newest].replicas[shard].epoch)) newest = node;
  });
  return newest;
}

/** Of one that the leader has forgotten, the age of the oldest that it has. */
function ageOfEntryAfter(lsn: number, { storage, host }: Pick<Replica, 'storage' | 'host'>): number {
  const { log, flushed } = storage;
  if (lsn >= flushed || log.length === 0) return 0;
  return Math.max(0, host.clockMs - log.timestampAt(Math.max(lsn + 1, log.first)));
}
