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

/** The law of the one-way latency from one datacenter to another (or the same). */
export function latencyBetween(
  links: readonly LinkSpec[],
  { from, to }: { readonly from: string | null; readonly to: string | null },
): Distribution {
  const link = links.find((candidate) => joins(candidate, from, to));
  if (link !== undefined) return link.latency;
  invariant(from === to, `no link from ${from} to ${to}: the cluster was not validated`);
  return DEFAULT_LATENCY_WITHIN;
}

/** Whether a link carries messages in that direction. */
export function joins(link: LinkSpec, from: string | null, to: string | null): boolean {
  if ('within' in link) return link.within === from && link.within === to;
  if ('from' in link) return link.from === from && link.to === to;
  const [one, other] = link.between;
  return (one === from && other === to) || (one === to && other === from);
}

function numbered(prefix: string, datacenter: string | null, count: number): NodePlace[] {
  return Array.from({ length: count }, (_, index) => ({ name: `${prefix}-${index + 1}`, datacenter }));
}
