import { Field, InputType, Int } from 'type-graphql';
import { INITIAL_LOG_ENTRIES_MAX, SHARDS_MAX, SHARDS_TIMES_NODES_MAX } from '../../model/spec/limits';
import { grouped } from '../../model/text';
import { BigIntegerScalar } from '../scalars/big-integer';
import { describedEnum } from '../schema/described-enum';
import { AcknowledgementInput } from './acknowledgement-input';
import { FailoverInput } from './failover-input';
import { LogInput } from './log-input';
import { ReadsInput } from './reads-input';

type Causality = 'NONE' | 'SAME_SHARD' | 'TRACKED';

const CausalityType = describedEnum<Causality>(
  'Causality',
  'Which order readers may count on between writes that fall to different shards.',
  {
    NONE: 'None: a reply may be seen before the question it answers.',
    SAME_SHARD: 'What may answer each other falls to the same shard, and so into one log.',
    TRACKED: 'Each write says what it answers, and is not shown before that.',
  },
);

@InputType({ description: 'A follower that gets the log from another node than the leader (cascading).' })
export class CascadeInput {
  @Field(() => String, { description: 'The name of the follower; not the leader, and each at most once.' })
  readonly node!: string;

  @Field(() => String, {
    description: 'The name of the node that it gets the log from. There must be no circle.',
  })
  readonly upstream!: string;
}

@InputType({ description: 'How far the log of a node goes before the run begins.' })
export class InitialPositionInput {
  @Field(() => String, { description: 'The name of the node, each at most once.' })
  readonly node!: string;

  @Field(() => BigIntegerScalar, {
    description: `The log sequence number of its last entry, 0 (an empty log) … ${grouped(INITIAL_LOG_ENTRIES_MAX)}; not above that of the leader.`,
  })
  readonly lsn!: bigint;
}

@InputType({
  description: 'One leader and its followers. The leader is the first node unless another is named.',
})
export class SingleLeaderInput {
  @Field(() => String, {
    nullable: true,
    description: 'The first node of this datacenter leads. Not together with `leader`.',
  })
  readonly leaderDatacenter!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the node that leads, such as "seoul-1". Not together with `leaderDatacenter`.',
  })
  readonly leader!: string | null;

  @Field(() => AcknowledgementInput, { defaultValue: {}, description: 'When a write is acknowledged.' })
  readonly acknowledgement!: AcknowledgementInput;

  @Field(() => LogInput, { defaultValue: {}, description: 'The replication log.' })
  readonly log!: LogInput;

  @Field(() => ReadsInput, { defaultValue: {}, description: 'Where reads go.' })
  readonly reads!: ReadsInput;

  @Field(() => FailoverInput, {
    defaultValue: {},
    description: 'How a leader that is gone is noticed and replaced.',
  })
  readonly failover!: FailoverInput;

  @Field(() => [CascadeInput], {
    defaultValue: [],
    description: 'Followers that get the log from another node; all others get it from the leader.',
  })
  readonly cascading!: readonly CascadeInput[];

  @Field(() => Int, {
    defaultValue: 1,
    description:
      `How many independent logs, each of the keys that fall to it by their hash, 1 … ${SHARDS_MAX}; shards × nodes at ` +
      `most ${grouped(SHARDS_TIMES_NODES_MAX)}.`,
  })
  readonly shards!: number;

  @Field(() => CausalityType, {
    defaultValue: 'NONE',
    description: 'Which order readers may count on between writes of different shards.',
  })
  readonly causality!: Causality;

  @Field(() => [InitialPositionInput], {
    defaultValue: [],
    description:
      'How far the logs go before the run begins; nodes that are not named have none of it. At most ' +
      `${grouped(INITIAL_LOG_ENTRIES_MAX)} entries in all. Not with more than one shard.`,
  })
  readonly initialLog!: readonly InitialPositionInput[];
}
