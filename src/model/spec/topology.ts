import { invariant } from '../invariant';
import type { ClusterSpec, LinkEnds, LinkLaw, LinkSpec } from './cluster';
import { DEFAULT_LINK_WITHIN } from './defaults';
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

export function shapeOf(cluster: Pick<ClusterSpec, 'datacenters' | 'nodes'>): ClusterShape {
  return { nodes: nodesOf(cluster), datacenters: cluster.datacenters.map(({ name }) => name) };
}

export interface Direction {
  readonly from: string | null;
  readonly to: string | null;
}

/** The law of the one-way latency from one datacenter to another, or inside one. */
export type LatencyTable = (direction: Direction) => Distribution;

/** The law of the link from one datacenter to another, or inside one. */
export type LinkTable = (direction: Direction) => LinkLaw;

/** Looks links up in constant time; every direction between two datacenters must have one. */
export function linkLaws(links: readonly LinkSpec[]): LinkTable {
  const laws = new Map<string, LinkLaw>(
    links.flatMap((link) => directionKeys(link).map((key) => [key, link] as const)),
  );
  return ({ from, to }) => {
    const law = laws.get(directionKey({ from, to }));
    if (law !== undefined) return law;
    invariant(from === to, `no link from ${from} to ${to}: the cluster was not validated`);
    return DEFAULT_LINK_WITHIN;
  };
}

/** Of each link only its latency. */
export function latencies(links: readonly LinkSpec[]): LatencyTable {
  const lawOf = linkLaws(links);
  return (direction) => lawOf(direction).latency;
}

/** The directions in which a link carries messages. */
export function directionsOf(ends: LinkEnds): readonly Direction[] {
  if ('within' in ends) return [{ from: ends.within, to: ends.within }];
  if ('from' in ends) return [{ from: ends.from, to: ends.to }];
  const [one, other] = ends.between;
  return [
    { from: one, to: other },
    { from: other, to: one },
  ];
}

/** The same as keys for sets and maps. */
export function directionKeys(ends: LinkEnds): readonly string[] {
  return directionsOf(ends).map(directionKey);
}

/** Names may hold any separator, so the key quotes them. */
export function directionKey({ from, to }: Direction): string {
  return JSON.stringify([from, to]);
}

function numbered(prefix: string, datacenter: string | null, count: number): NodePlace[] {
  return Array.from({ length: count }, (_, index) => ({ name: `${prefix}-${index + 1}`, datacenter }));
}
