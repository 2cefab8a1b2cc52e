import type { Replication, World } from '../engine/replication';
import type { Vocabulary } from '../engine/vocabulary';
import type { RunOutline } from '../model/observer';
import type { Problems } from '../model/problem';
import type { ClusterShape, NodePlace } from '../model/spec/topology';

/** What a node is in its cluster, before anything has failed. */
export type Role = 'LEADER' | 'FOLLOWER';

/** Of a run's outline, what the protocol decides. */
export type ProtocolOutline = Pick<RunOutline, 'shardOf' | 'initialWrites'>;

/**
 * A way to replicate: what the registry holds and `CONTRIBUTING.md` tells how to add.
 *
 * A protocol is a value without state. It acts only through the hosts that the engine hands it: no clock, no dice, no
 * waiting. `Settings` are complete and plain data, so that they can be stored, compared and swept.
 */
export interface Protocol<Settings extends object> {
  /** Its names for what its nodes send and await, for the readers of a trace. */
  readonly vocabulary: Vocabulary;

  /**
   * Completes the settings of an untrusted input with the defaults and reports everything that is wrong with them, at the
   * places of the input. Returns usable settings even then; the caller discards them if there is any problem.
   */
  resolve(input: unknown, cluster: ClusterShape, problems: Problems): Settings;

  /** The roles of the nodes, by index, at the start. */
  roles(settings: Settings, nodes: readonly NodePlace[]): readonly Role[];

  /** What it adds to what an observer knows of a run beforehand; left out, nothing. */
  outline?(settings: Settings, workload: Pick<World, 'values'>): ProtocolOutline;

  /** Events a simulated millisecond that go on whatever clients do, such as heartbeats; left out, few. */
  idleEventsPerMs?(settings: Settings, nodes: number): number;

  /** The parts of the nodes and the way of client operations, for one run. */
  create(settings: Settings, world: World): Replication;
}
