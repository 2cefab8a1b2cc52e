import type { World } from '../../engine/replication';
import type { Routing } from '../../engine/routing';
import type { ReadPolicy } from './settings';

/** Writes go to the leader; reads to one of the nodes that the policy gives the client's datacenter. */
export class SingleLeaderRouting implements Routing {
  /** For each client group, the nodes that may serve its reads. */
  private readonly readers: readonly (readonly number[])[];

  constructor(
    policy: ReadPolicy,
    private readonly leader: number,
    world: World,
  ) {
    this.readers = world.clients.map(({ datacenter }) => readersOf(policy, leader, datacenter, world));
  }

  nodeForRead(client: number, choice: number): number {
    const nodes = this.readers[client];
    return nodes[Math.floor(choice * nodes.length)];
  }

  nodeForWrite(): number {
    return this.leader;
  }
}

function readersOf(
  policy: ReadPolicy,
  leader: number,
  place: string | null,
  world: World,
): readonly number[] {
  if (policy === 'NEAREST') return nearest(place, world);
  if (policy === 'LEADER' || world.nodes.length === 1) return [leader];
  return world.nodes.map((_, node) => node).filter((node) => node !== leader);
}

/** The nodes in the client's own datacenter, else those of the least mean latency from there. */
function nearest(place: string | null, { nodes, meanLatencyMs }: World): readonly number[] {
  const distances = nodes.map(({ datacenter }) =>
    datacenter === place ? -1 : meanLatencyMs({ from: place, to: datacenter }),
  );
  const least = distances.reduce((one, other) => Math.min(one, other));
  return nodes.map((_, node) => node).filter((node) => distances[node] === least);
}
