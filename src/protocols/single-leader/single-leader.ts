import { RequestDriver } from '../../engine/driver';
import type { Replication, World } from '../../engine/replication';
import type { NodePlace } from '../../model/spec/topology';
import type { Protocol, Role } from '../protocol';
import { Follower } from './follower';
import { Leader } from './leader';
import { VOCABULARY } from './messages';
import { SingleLeaderRouting } from './read-routing';
import { leaderOf, resolveSettings, type SingleLeaderSettings } from './settings';

/** One leader, any number of followers, asynchronous acknowledgement. The rules are in README.md. */
export const singleLeader: Protocol<SingleLeaderSettings> = {
  vocabulary: VOCABULARY,
  resolve: resolveSettings,
  roles,
  create,
};

function roles(settings: SingleLeaderSettings, nodes: readonly NodePlace[]): readonly Role[] {
  const leader = leaderOf(settings, nodes);
  return nodes.map((_, node) => (node === leader ? 'LEADER' : 'FOLLOWER'));
}

function create(settings: SingleLeaderSettings, world: World): Replication {
  const { hosts, keys } = world;
  const leader = leaderOf(settings, world.nodes);
  const followers = hosts.map(({ id }) => id).filter((id) => id !== leader);
  const behaviours = hosts.map((host) =>
    host.id === leader ? new Leader(host, { followers, keys }) : new Follower(host, { leader, keys }),
  );
  const routing = new SingleLeaderRouting(settings.reads.policy, leader, world);
  return { behaviours, createDriver: (clientSide) => new RequestDriver(clientSide, routing) };
}
