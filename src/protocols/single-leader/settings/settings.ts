import { listed, suggestion } from '../../../model/nearest-name';
import type { Problems } from '../../../model/problem';
import { Fields } from '../../../model/spec/fields';
import { NODE_NAME_CHARACTERS_MAX } from '../../../model/spec/node-name';
import type { ClusterShape, NodePlace } from '../../../model/spec/topology';
import { DEFAULT_ACKNOWLEDGEMENT, type AcknowledgementSettings } from './acknowledgement';
import type { Cascade } from './cascade';
import { DEFAULT_FAILOVER, type FailoverSettings } from './failover';
import type { InitialPosition } from './initial-position';
import { DEFAULT_LOG, type LogSettings } from './log';
import type { NodeNames } from './node-names';
import { DEFAULT_READS, type ReadSettings } from './reads';
import { resolveAcknowledgement } from './resolve-acknowledgement';
import { resolveCascading } from './resolve-cascading';
import { resolveFailover } from './resolve-failover';
import { resolveInitialLog } from './resolve-initial-log';
import { resolveLog } from './resolve-log';
import { resolveReads } from './resolve-reads';
import { resolveShards } from './resolve-shards';
import { CAUSALITIES, DEFAULT_CAUSALITY, DEFAULT_SHARDS, type Causality } from './shards';

/** At most one of the two names of a leader is given; without either the first node leads. */
export interface SingleLeaderSettings {
  /** The first node of this datacenter leads. */
  readonly leaderDatacenter: string | null;
  /** The node of this name leads. */
  readonly leader: string | null;
  readonly acknowledgement: AcknowledgementSettings;
  readonly log: LogSettings;
  readonly reads: ReadSettings;
  readonly failover: FailoverSettings;
  /** Followers that get the log from another follower; all others get it from the leader. */
  readonly cascading: readonly Cascade[];
  /** Independent logs, each of the keys that fall to it by their hash. */
  readonly shards: number;
  readonly causality: Causality;
  /** How far each node's log goes before the run begins; nodes that are not named have none of it. */
  readonly initialLog: readonly InitialPosition[];
}

export const DEFAULT_SINGLE_LEADER: SingleLeaderSettings = {
  leaderDatacenter: null,
  leader: null,
  acknowledgement: DEFAULT_ACKNOWLEDGEMENT,
  log: DEFAULT_LOG,
  reads: DEFAULT_READS,
  failover: DEFAULT_FAILOVER,
  cascading: [],
  shards: DEFAULT_SHARDS,
  causality: DEFAULT_CAUSALITY,
  initialLog: [],
};

/** Reads untrusted settings, completes them and reports everything that is wrong with them. */
export function resolveSettings(
  input: unknown,
  cluster: ClusterShape,
  problems: Problems,
): SingleLeaderSettings {
  const fields = new Fields(input, problems);
  const problemsBefore = problems.count;
  const leading = resolveLeading(fields, cluster);
  const known = new Set(cluster.nodes.map(({ name }) => name));
  // A leader that is named in vain leads nothing: what depends on who leads is not checked then.
  const leader = problems.count === problemsBefore ? leaderOf(leading, cluster.nodes) : -1;
  const ofLeader = { known, leader: cluster.nodes.find((_, node) => node === leader)?.name ?? null };
  const cascadingBefore = problems.count;
  const cascading = resolveCascading(fields, ofLeader);
  // What is wrong with them has no consequences for others.
  const sound = problems.count === cascadingBefore ? cascading : [];
  const names: NodeNames = { ...ofLeader, cascaded: cascadedOf(sound, ofLeader.leader) };
  const shards = resolveShards(fields, cluster.nodes.length);
  const settings: SingleLeaderSettings = {
    ...leading,
    acknowledgement: resolveAcknowledgement(fields.inner('acknowledgement'), names),
    log: resolveLog(fields.inner('log')),
    reads: resolveReads(fields.inner('reads')),
    failover: resolveFailover(fields.inner('failover'), names),
    cascading,
    shards,
    causality: fields.oneOf('causality', CAUSALITIES, DEFAULT_CAUSALITY),
    initialLog: resolveInitialLog(fields, names, shards),
  };
  fields.end();
  return settings;
}

function cascadedOf(cascading: readonly Cascade[], leader: string | null): ReadonlySet<string> {
  if (leader === null) return new Set();
  return new Set(cascading.filter(({ upstream }) => upstream !== leader).map(({ node }) => node));
}

/** The index of the node that leads. */
export function leaderOf({ leader, leaderDatacenter }: Leading, nodes: readonly NodePlace[]): number {
  if (leader !== null) return nodes.findIndex(({ name }) => name === leader);
  if (leaderDatacenter !== null) return nodes.findIndex(({ datacenter }) => datacenter === leaderDatacenter);
  return 0;
}

type Leading = Pick<SingleLeaderSettings, 'leader' | 'leaderDatacenter'>;

function resolveLeading(fields: Fields, { nodes, datacenters }: ClusterShape): Leading {
  const leaderDatacenter = knownName(fields, 'leaderDatacenter', datacenters);
  const leader = knownName(
    fields,
    'leader',
    nodes.map(({ name }) => name),
  );
  if (fields.has('leaderDatacenter') && fields.has('leader'))
    fields.problems.add(
      'EXACTLY_ONE_OF',
      'Give "leaderDatacenter" or "leader", not both; without either the first node leads.',
    );
  return { leaderDatacenter, leader };
}

/** A name of something in the cluster, null where it was left out or is wrong. */
function knownName(fields: Fields, name: string, known: readonly string[]): string | null {
  const given = fields.text(name, NODE_NAME_CHARACTERS_MAX);
  if (given === null || known.includes(given)) return given;
  const choice = known.length === 0 ? 'the cluster has none' : `known are ${listed(known)}`;
  fields.problems
    .at(name)
    .add('UNKNOWN_NAME', `There is no ${JSON.stringify(given)}; ${choice}.${suggestion(given, known)}`);
  return null;
}
