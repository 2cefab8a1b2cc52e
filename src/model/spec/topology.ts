import { invariant } from '../invariant';
import type { ClusterSpec, LinkSpec } from './cluster';
import { DEFAULT_LATENCY_WITHIN } from './defaults';
import type { Distribution } from './distribution';

export interface NodePlace {
  readonly name: string;
  /** Null in a cluster without datacenters. */
  readonly datacenter: string | null;
}

/** What a protocol's settings may speak of. */
export interface ClusterShape {
  readonly nodes: readonly NodePlace[];
  /** Empty in a cluster without datacenters. */
  readonly datacenters: readonly string[];
}

/** The nodes in the order of their ids: datacenter by datacenter, `<datacenter>-1` … or `node-1` …. */
export function nodesOf(cluster: Pick<ClusterSpec, 'datacenters' | 'nodes'>): readonly NodePlace[] {
  if (cluster.nodes !== null) return numbered('node', null, cluster.nodes);
  return cluster.datacenters.flatMap(({ name, nodes }) => numbered(name, name, nodes));
}

export interface Direction {
  readonly from: string | null;
  readonly to: string | null;
}

/** The law of the one-way latency from one datacenter to another, or inside one. */
export type LatencyTable = (direction: Direction) => Distribution;

/** Looks links up in constant time; every direction between two datacenters must have one. */
export function latencies(links: readonly LinkSpec[]): LatencyTable {
  const laws = new Map(
    links.flatMap((link) => directionsOf(link).map((key) => [key, link.latency] as const)),
  );
  return ({ from, to }) => {
    const law = laws.get(directionKey({ from, to }));
    if (law !== undefined) return law;
    invariant(from === to, `no link from ${from} to ${to}: the cluster was not validated`);
    return DEFAULT_LATENCY_WITHIN;
  };
}

/** The directions in which a link carries messages, as keys for sets and maps. */
export function directionsOf(link: LinkSpec): readonly string[] {
  if ('within' in link) return [directionKey({ from: link.within, to: link.within })];
  if ('from' in link) return [directionKey(link)];
  const [one, other] = link.between;
  return [directionKey({ from: one, to: other }), directionKey({ from: other, to: one })];
}

/** Names may hold any separator, so the key quotes them. */
export function directionKey({ from, to }: Direction): string {
  return JSON.stringify([from, to]);
}

function numbered(prefix: string, datacenter: string | null, count: number): NodePlace[] {
  return Array.from({ length: count }, (_, index) => ({ name: `${prefix}-${index + 1}`, datacenter }));
}
