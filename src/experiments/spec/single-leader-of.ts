import type { ClusterSpec } from '../../model/spec/cluster';
import { nodesOf, type NodePlace } from '../../model/spec/topology';
import { leaderOf, type SingleLeaderSettings } from '../../protocols/single-leader/settings/settings';

export interface SingleLeader {
  readonly settings: SingleLeaderSettings;
  readonly leader: NodePlace;
  /** Those that follow the leader itself: it waits for no others, and they elect. */
  readonly followers: readonly NodePlace[];
  /** Those that get the log from another follower: they may be elected, and nobody waits for them. */
  readonly cascaded: readonly NodePlace[];
  /** How many of the followers must be reached to elect another leader. */
  readonly majority: number;
}

/** The single leader that a cluster begins with; null under another protocol. */
export function singleLeaderOf(cluster: ClusterSpec): SingleLeader | null {
  if (!('singleLeader' in cluster.replication)) return null;
  // Resolved settings, as the registry's protocol of that name made them.
  const settings = cluster.replication.singleLeader as SingleLeaderSettings;
  const nodes = nodesOf(cluster);
  const leader = nodes[leaderOf(settings, nodes)];
  const others = nodes.filter((node) => node !== leader);
  const followers = others.filter((node) => isDirect(node, { leader, settings }));
  const cascaded = others.filter((node) => !followers.includes(node));
  return { settings, leader, followers, cascaded, majority: Math.floor(followers.length / 2) + 1 };
}

function isDirect(
  { name }: NodePlace,
  { leader, settings }: Pick<SingleLeader, 'leader' | 'settings'>,
): boolean {
  const cascade = settings.cascading.find(({ node }) => node === name);
  return cascade === undefined || cascade.upstream === leader.name;
}
