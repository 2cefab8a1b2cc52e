import { invariant } from '../invariant';
import type { LinkEnds } from './cluster';
import type { FaultReach, PartitionSide } from './fault';
import { directionsOf, type NodePlace } from './topology';

/** Whoever sends and receives: nodes by their index, then client groups by theirs. */
export type Endpoints = readonly number[];

/** Every message from one of these to one of those. */
export interface Crossing {
  readonly from: Endpoints;
  readonly to: Endpoints;
}

/** Which endpoints the names in a specification mean. */
export class EndpointMap {
  readonly nodeCount: number;
  /** Everybody. */
  readonly all: Endpoints;
  private readonly nodeIndex: ReadonlyMap<string, number>;
  private readonly residents = new Map<string | null, number[]>();
  private readonly places: Int32Array;

  constructor(
    readonly nodes: readonly NodePlace[],
    /** Of each client group; null in a cluster without datacenters. */
    clients: readonly { readonly datacenter: string | null }[],
  ) {
    this.nodeCount = nodes.length;
    this.nodeIndex = new Map(nodes.map(({ name }, index) => [name, index]));
    const places = [...nodes, ...clients].map(({ datacenter }) => datacenter);
    places.forEach((datacenter, endpoint) => {
      const residents = this.residents.get(datacenter);
      if (residents === undefined) this.residents.set(datacenter, [endpoint]);
      else residents.push(endpoint);
    });
    this.all = places.map((_, endpoint) => endpoint);
    const order = new Map(this.datacenters.map((datacenter, place) => [datacenter, place]));
    this.places = Int32Array.from(places, (datacenter) => order.get(datacenter) ?? 0);
  }

  /** In the order of their first nodes; one of them is null in a cluster without datacenters. */
  get datacenters(): readonly (string | null)[] {
    return [...this.residents.keys()];
  }

  get placeCount(): number {
    return this.residents.size;
  }

  /** Of an endpoint, the index of its datacenter in `datacenters`. */
  placeOf(endpoint: number): number {
    return this.places[endpoint];
  }

  /** The index of a node that is known to be there. */
  node(name: string): number {
    const index = this.nodeIndex.get(name);
    invariant(index !== undefined, `no node is called ${name}: the faults were not validated`);
    return index;
  }

  /** The nodes and the client groups of a datacenter. */
  inDatacenter(name: string | null): Endpoints {
    return this.residents.get(name) ?? [];
  }

  isNode(endpoint: number): boolean {
    return endpoint < this.nodeCount;
  }

  /** Of a side's nodes only themselves, of its datacenters the nodes and the clients; each once, ascending. */
  onSide(side: PartitionSide): Endpoints {
    const members = side.flatMap((name) => {
      const node = this.nodeIndex.get(name);
      return node === undefined ? this.inDatacenter(name) : [node];
    });
    return [...new Set(members)].sort((one, other) => one - other);
  }

  /** Everybody who is not among them. */
  except(endpoints: Endpoints): Endpoints {
    const named = new Set(endpoints);
    return this.all.filter((endpoint) => !named.has(endpoint));
  }

  /** The messages that a link carries. */
  carriedBy(ends: LinkEnds): readonly Crossing[] {
    return directionsOf(ends).map(({ from, to }) => ({
      from: this.inDatacenter(from),
      to: this.inDatacenter(to),
    }));
  }

  /** The messages that a fault of links hits, one crossing for each ordered pair of datacenters. */
  reachedBy(reach: FaultReach): readonly Crossing[] {
    if (!('everywhere' in reach)) return this.carriedBy(reach);
    const groups = [...this.residents.values()];
    return groups.flatMap((from) => groups.map((to) => ({ from, to })));
  }
}
