import { outlineOf } from '../engine/outline';
import { Simulation, type SimulationInput } from '../engine/simulation';
import type { Vocabulary } from '../engine/vocabulary';
import { invariant } from '../model/invariant';
import type { RunOutline } from '../model/observer';
import type { ClusterSpec } from '../model/spec/cluster';
import type { ExperimentSpec } from '../model/spec/experiment';
import { nodesOf } from '../model/spec/topology';
import type { Protocol, Role } from './protocol';
import { protocolNamed } from './registry';

/** A run of a specification with the protocol that it names; see `Simulation` for how to play it. */
export function createSimulation(input: Omit<SimulationInput, 'createReplication'>): Simulation {
  const { protocol, settings } = replicationOf(input.spec.cluster);
  return new Simulation({ ...input, createReplication: (world) => protocol.create(settings, world) });
}

/** What an observer may know of a run before it starts, from the world and from its protocol. */
export function outlineOfRun(spec: ExperimentSpec, repetition: number): RunOutline {
  const { protocol, settings } = replicationOf(spec.cluster);
  return { ...outlineOf(spec, repetition), ...protocol.outline?.(settings, spec.workload) };
}

/** Events a simulated millisecond of a cluster in which nobody asks for anything. */
export function idleEventsPerMs(cluster: ClusterSpec): number {
  // The rest of a wrong experiment is completed all the same, and none of it is used.
  if (Object.keys(cluster.replication).length === 0) return 0;
  const { protocol, settings } = replicationOf(cluster);
  return protocol.idleEventsPerMs?.(settings, nodesOf(cluster).length) ?? 0;
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
