import type { ExperimentSpec } from '../../model/spec/experiment';
import { nodesOf } from '../../model/spec/topology';

/** The names behind the indexes in a history. */
export interface WorldNames {
  readonly nodes: readonly string[];
  /** Of each group of clients; null in a cluster without datacenters. */
  readonly clientDatacenters: readonly (string | null)[];
}

export function worldNames({ cluster, workload }: ExperimentSpec): WorldNames {
  return {
    nodes: nodesOf(cluster).map(({ name }) => name),
    clientDatacenters: workload.clients.map(({ datacenter }) => datacenter),
  };
}
