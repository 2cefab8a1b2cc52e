import { Field, InputType, Int } from 'type-graphql';
import { FiniteFloat } from '../scalars/finite-float';
import { describedEnum } from '../schema/described-enum';
import { LENGTH } from './ranges';

type AcknowledgementMode = 'ASYNC' | 'SEMI_SYNC' | 'SYNC' | 'FIRST' | 'ANY';
type Awaited = 'LOCAL_FLUSH' | 'REMOTE_WRITE' | 'REMOTE_FLUSH' | 'REMOTE_APPLY';
type WaitPoint = 'AFTER_SYNC' | 'AFTER_COMMIT';

const AcknowledgementModeType = describedEnum<AcknowledgementMode>(
  'AcknowledgementMode',
  'Whom the leader waits for before it acknowledges a write; it always waits for its own flush.',
  {
    ASYNC: 'Nobody but its own disk: fast, and a crash may lose what no follower has yet.',
    SEMI_SYNC:
      'Any `count` followers; after `timeoutMs` without them nobody, until a follower has caught up, as in MySQL ' +
      '(`rpl_semi_sync_source_enabled`).',
    SYNC: 'Every follower that gets the log from the leader itself: one that is down stops all writes.',
    FIRST:
      'The first `count` of the standbys that are connected, by priority, as in PostgreSQL ' +
      "(`synchronous_standby_names = 'FIRST 2 (a, b, c)'`). It waits as long as it takes.",
    ANY:
      "Any `count` of the standbys, as in PostgreSQL (`synchronous_standby_names = 'ANY 2 (a, b, c)'`). It waits as " +
      'long as it takes.',
  },
);

const AwaitedType = describedEnum<Awaited>(
  'Awaited',
  "What the leader waits for at each follower it waits for: PostgreSQL's `synchronous_commit`.",
  {
    LOCAL_FLUSH: 'Nothing: its own flush is enough (`local`), whatever the mode.',
    REMOTE_WRITE:
      'That it has the write in its memory (`remote_write`): a crash of the follower may lose it.',
    REMOTE_FLUSH: 'That the write is on its disk (`on`).',
    REMOTE_APPLY: 'That its readers see the write (`remote_apply`).',
  },
);

const WaitPointType = describedEnum<WaitPoint>(
  'WaitPoint',
  "When readers of the leader see a write: MySQL's `rpl_semi_sync_source_wait_point`.",
  {
    AFTER_SYNC: 'After the wait, together with the acknowledgement: nobody reads what a failover may lose.',
    AFTER_COMMIT:
      'Before the wait, once it is on the disk of the leader: others may read what a failover loses.',
  },
);

@InputType({ description: 'When a write is acknowledged.' })
export class AcknowledgementInput {
  @Field(() => AcknowledgementModeType, { defaultValue: 'ASYNC', description: 'Whom the leader waits for.' })
  readonly mode!: AcknowledgementMode;

  @Field(() => Int, {
    defaultValue: 1,
    description:
      'How many followers SEMI_SYNC, FIRST and ANY wait for, of those that get the log from the leader itself: 1 … ' +
      'their number, or that of `standbys` among them. Otherwise it means nothing.',
  })
  readonly count!: number;

  @Field(() => [String], {
    nullable: true,
    description:
      'The names of the nodes that FIRST and ANY choose from, for FIRST the most important first; without it every ' +
      'node, in the order of the cluster. Otherwise it means nothing. The leader may be among them: it does not wait ' +
      'for itself, but is waited for when it follows after a failover. Who follows another follower is never waited for.',
  })
  readonly standbys!: readonly string[] | null;

  @Field(() => AwaitedType, {
    defaultValue: 'REMOTE_FLUSH',
    description: 'What it waits for at each of them.',
  })
  readonly await!: Awaited;

  @Field(() => WaitPointType, {
    defaultValue: 'AFTER_SYNC',
    description: 'Whether readers of the leader see a write before or after the wait.',
  })
  readonly waitPoint!: WaitPoint;

  @Field(() => FiniteFloat, {
    defaultValue: 10_000,
    description:
      `Of SEMI_SYNC: a wait of this length turns it off until a follower has caught up, ${LENGTH} ` +
      '(`rpl_semi_sync_source_timeout`). Otherwise it means nothing.',
  })
  readonly timeoutMs!: number;
}
