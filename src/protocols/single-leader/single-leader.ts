import type { Replication, World } from '../../engine/replication';
import type { NodePlace } from '../../model/spec/topology';
import type { Protocol, ProtocolOutline, Role } from '../protocol';
import { SessionMemory } from './client/session-memory';
import { SingleLeaderDriver } from './client/single-leader-driver';
import { VOCABULARY } from './messages';
import { beatMs, planOf } from './plan';
import { sampleOf } from './position-sample';
import { ReplicasOfNode } from './replicas-of-node';
import { leaderOf, resolveSettings, type SingleLeaderSettings } from './settings/settings';
import { shardOfKey } from './shards';

/** One leader and any number of followers, one of which takes over when the leader is lost. The rules are in README.md. */
export const singleLeader: Protocol<SingleLeaderSettings> = {
  vocabulary: VOCABULARY,
  resolve: resolveSettings,
  roles,
  outline,
  idleEventsPerMs,
  create,
};

function roles(settings: SingleLeaderSettings, nodes: readonly NodePlace[]): readonly Role[] {
  const leader = leaderOf(settings, nodes);
  return nodes.map((_, node) => (node === leader ? 'LEADER' : 'FOLLOWER'));
}

/** What the leader's log has from before the run counts as acknowledged. */
function outline(settings: SingleLeaderSettings, workload: Pick<World, 'values'>): ProtocolOutline {
  const initialWrites = settings.initialLog.reduce((most, { lsn }) => Math.max(most, lsn), 0);
  return { initialWrites, shardOf: settings.shards === 1 ? undefined : shardOfKey(settings, workload) };
}

/** A sign of life is work, goes to every other node, and is answered. */
function idleEventsPerMs(settings: SingleLeaderSettings, nodes: number): number {
  return (settings.shards * (2 + 4 * nodes)) / beatMs(settings);
}

function create(settings: SingleLeaderSettings, world: World): Replication {
  const plan = planOf(settings, world);
  const shardOf = shardOfKey(settings, world);
  const behaviours = world.hosts.map((host) => new ReplicasOfNode(host, plan, shardOf));
  const memory = needsMemory(settings) ? new SessionMemory(sessionsOf(world), settings.shards) : null;
  return {
    behaviours,
    start: () => {
      for (const behaviour of behaviours) behaviour.start();
    },
    createDriver: (clientSide) =>
      new SingleLeaderDriver(clientSide, { settings, leader: plan.leader, shardOf, memory }, world),
    positions: () => sampleOf(behaviours, plan),
  };
}

function needsMemory({ reads, causality }: SingleLeaderSettings): boolean {
  return (
    causality === 'TRACKED' ||
    reads.policy === 'LSN_TOKEN' ||
    reads.policy === 'TIMESTAMP_TOKEN' ||
    reads.policy === 'LEADER_AFTER_WRITE'
  );
}

function sessionsOf({ clients }: Pick<World, 'clients'>): number {
  return clients.reduce((sum, { sessions }) => sum + sessions, 0);
}
