import { listed, suggestion } from '../../model/nearest-name';
import type { Problems } from '../../model/problem';
import { Fields } from '../../model/spec/fields';
import { NAME_CHARACTERS_MAX } from '../../model/spec/limits';
import type { ClusterShape, NodePlace } from '../../model/spec/topology';

/** When a write is acknowledged. Those that are known and not yet built answer NOT_SUPPORTED. */
export const ACKNOWLEDGEMENT_MODES = ['ASYNC', 'SEMI_SYNC', 'SYNC', 'FIRST', 'ANY'] as const;
export type AcknowledgementMode = (typeof ACKNOWLEDGEMENT_MODES)[number];

/** Which node a read goes to. Those that are known and not yet built answer NOT_SUPPORTED. */
export const READ_POLICIES = [
  'LEADER',
  'ANY_FOLLOWER',
  'NEAREST',
  'STICKY',
  'LAG_BOUNDED',
  'LEADER_AFTER_WRITE',
  'TIMESTAMP_TOKEN',
  'LSN_TOKEN',
] as const;
export type ReadPolicy = (typeof READ_POLICIES)[number];

const SUPPORTED_MODES: readonly AcknowledgementMode[] = ['ASYNC'];
const SUPPORTED_POLICIES: readonly ReadPolicy[] = ['LEADER', 'ANY_FOLLOWER', 'NEAREST'];

/** At most one of the two names of a leader is given; without either the first node leads. */
export interface SingleLeaderSettings {
  /** The first node of this datacenter leads. */
  readonly leaderDatacenter: string | null;
  /** The node of this name leads. */
  readonly leader: string | null;
  readonly acknowledgement: { readonly mode: AcknowledgementMode };
  readonly reads: { readonly policy: ReadPolicy };
}

export const DEFAULT_ACKNOWLEDGEMENT_MODE: AcknowledgementMode = 'ASYNC';
export const DEFAULT_READ_POLICY: ReadPolicy = 'LEADER';

/** Reads untrusted settings, completes them and reports everything that is wrong with them. */
export function resolveSettings(
  input: object,
  cluster: ClusterShape,
  problems: Problems,
): SingleLeaderSettings {
  const fields = new Fields(input, problems);
  const leaderDatacenter = knownName(fields, 'leaderDatacenter', cluster.datacenters);
  const leader = knownName(
    fields,
    'leader',
    cluster.nodes.map(({ name }) => name),
  );
  if (fields.has('leaderDatacenter') && fields.has('leader'))
    problems.add(
      'EXACTLY_ONE_OF',
      'Give "leaderDatacenter" or "leader", not both; without either the first node leads.',
    );
  const mode = supported(fields.inner('acknowledgement'), {
    name: 'mode',
    known: ACKNOWLEDGEMENT_MODES,
    supported: SUPPORTED_MODES,
    otherwise: DEFAULT_ACKNOWLEDGEMENT_MODE,
  });
  const policy = supported(fields.inner('reads'), {
    name: 'policy',
    known: READ_POLICIES,
    supported: SUPPORTED_POLICIES,
    otherwise: DEFAULT_READ_POLICY,
  });
  fields.end();
  return { leaderDatacenter, leader, acknowledgement: { mode }, reads: { policy } };
}

/** The index of the node that leads. */
export function leaderOf(
  { leader, leaderDatacenter }: Pick<SingleLeaderSettings, 'leader' | 'leaderDatacenter'>,
  nodes: readonly NodePlace[],
): number {
  if (leader !== null) return nodes.findIndex(({ name }) => name === leader);
  if (leaderDatacenter !== null) return nodes.findIndex(({ datacenter }) => datacenter === leaderDatacenter);
  return 0;
}

/** A name of something in the cluster, null where it was left out or is wrong. */
function knownName(fields: Fields, name: string, known: readonly string[]): string | null {
  const given = fields.text(name, NAME_CHARACTERS_MAX);
  if (given === null || known.includes(given)) return given;
  const choice = known.length === 0 ? 'the cluster has none' : `known are ${listed(known)}`;
  fields.problems
    .at(name)
    .add('UNKNOWN_NAME', `There is no ${JSON.stringify(given)}; ${choice}.${suggestion(given, known)}`);
  return null;
}

interface Choice<Name extends string> {
  readonly name: string;
  readonly known: readonly Name[];
  readonly supported: readonly Name[];
  readonly otherwise: Name;
}

/** The only setting of an object: one of the known names that are built already. */
function supported<Name extends string>(fields: Fields, choice: Choice<Name>): Name {
  const { name, known, otherwise } = choice;
  const chosen = fields.oneOf(name, known, otherwise);
  if (!choice.supported.includes(chosen))
    fields.problems
      .at(name)
      .add('NOT_SUPPORTED', `${chosen} is not supported yet; choose ${listed(choice.supported)}.`);
  fields.end();
  return chosen;
}
