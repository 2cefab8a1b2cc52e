import { Simulation, type SimulationInput } from '../engine/simulation';
import type { Vocabulary } from '../engine/vocabulary';
import { invariant } from '../model/invariant';
import type { ClusterSpec } from '../model/spec/cluster';
import { nodesOf } from '../model/spec/topology';
import type { Protocol, Role } from './protocol';
import { protocolNamed } from './registry';

/** A run of a specification with the protocol that it names; see `Simulation` for how to play it. */
export function createSimulation(input: Omit<SimulationInput, 'createReplication'>): Simulation {
  const { protocol, settings } = replicationOf(input.spec.cluster);
  return new Simulation({ ...input, createReplication: (world) => protocol.create(settings, world) });
}

/** The roles of a validated cluster's nodes, by index, at the start. */
export function rolesOf(cluster: ClusterSpec): readonly Role[] {
  const { protocol, settings } = replicationOf(cluster);
  return protocol.roles(settings, nodesOf(cluster));
}

/** How the protocol of a validated cluster calls its messages and timers. */
export function vocabularyOf(cluster: ClusterSpec): Vocabulary {
  return replicationOf(cluster).protocol.vocabulary;
}

function replicationOf({ replication }: ClusterSpec): { protocol: Protocol<object>; settings: object } {
  const entries = Object.entries(replication);
  invariant(entries.length === 1, 'a cluster has exactly one protocol: it was not validated');
  const [name, settings] = entries[0];
  return { protocol: protocolNamed(name), settings };
}
