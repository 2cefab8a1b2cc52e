import { Field, InputType, Int } from 'type-graphql';
import { DURATION_MS_MAX, HEARTBEAT_INTERVAL_MS_MIN, MISSES_MAX } from '../../model/spec/limits';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { describedEnum } from '../schema/described-enum';
import { LENGTH_OR_NONE, LENGTH } from './ranges';
import { RedirectionInput } from './redirection-input';

type Election = 'MOST_ADVANCED_LSN' | 'PRIORITY' | 'VOTES';
type Fencing = 'NONE' | 'STONITH' | 'EPOCH';

const ElectionType = describedEnum<Election>(
  'Election',
  'Who leads next, of the followers that can be reached; among them must be the majority of those that get the log from the ' +
    'leader itself.',
  {
    MOST_ADVANCED_LSN: 'The one whose log goes furthest.',
    PRIORITY: 'The one that comes first in `priorities`.',
    VOTES: "Raft's votes: the protocol `raft`, which is not built yet.",
  },
);

const FencingType = describedEnum<Fencing>('Fencing', 'What keeps an old leader from going on.', {
  NONE: 'Nothing: until it hears of the new one, both take writes.',
  STONITH: 'Its power is turned off (shoot the other node in the head).',
  EPOCH: 'Nodes that know of a newer leader refuse what an older one sends.',
});

@InputType({ description: 'How a leader that is gone is noticed and replaced.' })
export class FailoverInput {
  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Whether it is replaced at all; false: writes wait until it is back.',
  })
  readonly enabled!: boolean;

  @Field(() => FiniteFloat, {
    defaultValue: 1000,
    description: `How often the leader shows a sign of life: ${HEARTBEAT_INTERVAL_MS_MIN} … ${grouped(DURATION_MS_MAX)} ms.`,
  })
  readonly heartbeatIntervalMs!: number;

  @Field(() => Int, {
    defaultValue: 3,
    description: `After so many intervals without a sign of life a leader counts as dead, 1 … ${grouped(MISSES_MAX)}.`,
  })
  readonly misses!: number;

  @Field(() => FiniteFloat, {
    nullable: true,
    description: `After so long without a sign of life, instead of \`misses\` × \`heartbeatIntervalMs\`: ${LENGTH}.`,
  })
  readonly timeoutMs!: number | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Whether a follower that still hears the leader keeps the others from replacing it (repmgr's `primary_visibility_consensus`).",
  })
  readonly visibilityConsensus!: boolean;

  @Field(() => ElectionType, { defaultValue: 'MOST_ADVANCED_LSN', description: 'Who leads next.' })
  readonly election!: Election;

  @Field(() => [String], {
    defaultValue: [],
    description:
      'Of PRIORITY, which needs it: names of nodes, the best first; nodes that are not named come after them. Otherwise ' +
      'it means nothing.',
  })
  readonly priorities!: readonly string[];

  @Field(() => FiniteFloat, {
    defaultValue: 1000,
    description: `How long a follower takes to become the leader once it is elected, ${LENGTH_OR_NONE}.`,
  })
  readonly promotionMs!: number;

  @Field(() => FencingType, {
    defaultValue: 'EPOCH',
    description: 'What keeps the old leader from going on.',
  })
  readonly fencing!: Fencing;

  @Field(() => FiniteFloat, {
    defaultValue: 500,
    description: `Of STONITH: how long until the power of the old leader is off, ${LENGTH_OR_NONE}. Otherwise it means nothing.`,
  })
  readonly stonithMs!: number;

  @Field(() => FiniteFloat, {
    defaultValue: 10_000,
    description: `Of STONITH: how long until the machine is back after that, ${LENGTH}. Otherwise it means nothing.`,
  })
  readonly stonithRestartMs!: number;

  @Field(() => RedirectionInput, {
    defaultValue: { virtualIp: { moveMs: 500 } },
    description: 'How clients find the new leader.',
  })
  readonly redirection!: RedirectionInput;
}
