import type { World } from '../../../engine/replication';
import type { ReadPolicy } from '../settings/reads';

/** A read as it is routed. */
export interface RoutedRead {
  readonly session: number;
  /** A uniform number in [0, 1): it settles whatever is left to chance. */
  readonly choice: number;
  /** Who leads, as the client believes. */
  readonly leader: number;
  /** When the session's last write was acknowledged, and now. */
  readonly lastWriteMs: number;
  readonly nowMs: number;
}

export interface RoutingSettings {
  readonly policy: ReadPolicy;
  /** Who leads when the run begins. */
  readonly leader: number;
  readonly windowMs: number;
  /** Datacenter of the clients; null in a cluster without. */
  readonly place: string | null;
}

/** Which node a read of one client group goes to. */
export class ReadRouting {
  private readonly nodes: number;
  private readonly nearest: readonly number[];

  constructor(
    private readonly settings: RoutingSettings,
    world: Pick<World, 'nodes' | 'meanLatencyMs'>,
  ) {
    this.nodes = world.nodes.length;
    this.nearest = settings.policy === 'NEAREST' ? nearestTo(settings.place, world) : [];
  }

  nodeFor(read: RoutedRead): number {
    const { policy, leader, windowMs } = this.settings;
    switch (policy) {
      case 'LEADER':
        return read.leader;
      case 'NEAREST':
        return this.nearest[Math.floor(read.choice * this.nearest.length)];
      case 'STICKY':
        return this.followerOf(leader, read.session % Math.max(1, this.nodes - 1));
      case 'LEADER_AFTER_WRITE':
        if (read.nowMs - read.lastWriteMs < windowMs) return read.leader;
        return this.anyFollower(read);
      default:
        return this.anyFollower(read);
    }
  }

  /** Whom to ask next, after a follower that was too far behind: every other one in turn, and then the leader. */
  nodeAfter(asked: number, read: RoutedRead): number {
    const first = this.anyFollower(read);
    let next = asked;
    do next = (next + 1) % this.nodes;
    while (next === read.leader);
    return next === first ? read.leader : next;
  }

  private anyFollower({ leader, choice }: RoutedRead): number {
    return this.followerOf(leader, Math.floor(choice * (this.nodes - 1)));
  }

  /** The follower of that number, of all nodes but the leader; in a cluster of one node, the leader. */
  private followerOf(leader: number, number: number): number {
    if (this.nodes === 1) return leader;
    return number < leader ? number : number + 1;
  }
}

/** The nodes in the client's own datacenter, else those of the least mean latency from there. */
function nearestTo(
  place: string | null,
  { nodes, meanLatencyMs }: Pick<World, 'nodes' | 'meanLatencyMs'>,
): readonly number[] {
  const distances = nodes.map(({ datacenter }) =>
    datacenter === place ? -1 : meanLatencyMs({ from: place, to: datacenter }),
  );
  const least = distances.reduce((one, other) => Math.min(one, other));
  return nodes.map((_, node) => node).filter((node) => distances[node] === least);
}
