import type { ClusterSpec } from '../model/spec/cluster';
import { nodesOf } from '../model/spec/topology';
import { rolesOf } from '../protocols/create-simulation';
import type { NodeRole } from './lab';

/** The nodes of a cluster in the order of their ids, each with the role it starts in. */
export function nodeRoles(cluster: ClusterSpec): readonly NodeRole[] {
  const roles = rolesOf(cluster);
  return nodesOf(cluster).map((node, index) => ({ ...node, role: roles[index] }));
}
