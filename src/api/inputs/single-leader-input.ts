import { Field, InputType } from 'type-graphql';
import { describedEnum } from '../schema/described-enum';

const LATER = 'Not simulated yet.';

type AcknowledgementMode = 'ASYNC' | 'SEMI_SYNC' | 'SYNC' | 'FIRST' | 'ANY';

export const AcknowledgementModeType = describedEnum<AcknowledgementMode>(
  'AcknowledgementMode',
  'What the leader waits for before it acknowledges a write.',
  {
    ASYNC: 'Its own flush only: fast, and a crash may lose what no follower has yet.',
    SEMI_SYNC: `A number of followers, until a time-out, as in MySQL. ${LATER}`,
    SYNC: `Every follower. ${LATER}`,
    FIRST: `The first of a list of standbys by priority, as in PostgreSQL. ${LATER}`,
    ANY: `Any of a list of standbys, as in PostgreSQL. ${LATER}`,
  },
);

type ReadPolicy =
  | 'LEADER'
  | 'ANY_FOLLOWER'
  | 'NEAREST'
  | 'STICKY'
  | 'LAG_BOUNDED'
  | 'LEADER_AFTER_WRITE'
  | 'TIMESTAMP_TOKEN'
  | 'LSN_TOKEN';

export const ReadPolicyType = describedEnum<ReadPolicy>('ReadPolicy', 'Which replica answers a read.', {
  LEADER: 'The leader: never stale, and far away for some.',
  ANY_FOLLOWER: 'A follower drawn anew for each read.',
  NEAREST: 'A replica in the datacenter of the client, or the one of the least mean latency.',
  STICKY: `Always the same follower for a session. ${LATER}`,
  LAG_BOUNDED: `A follower whose lag is bounded, else the leader. ${LATER}`,
  LEADER_AFTER_WRITE: `The leader for a while after a write of the session, else a follower. ${LATER}`,
  TIMESTAMP_TOKEN: `A follower that has reached the time of what the session saw last. ${LATER}`,
  LSN_TOKEN: `A follower that has reached the log position of what the session saw last. ${LATER}`,
});

@InputType({ description: 'When a write is acknowledged.' })
export class AcknowledgementInput {
  @Field(() => AcknowledgementModeType, { defaultValue: 'ASYNC', description: 'What the leader waits for.' })
  readonly mode!: AcknowledgementMode;
}

@InputType({ description: 'Where reads go.' })
export class ReadsInput {
  @Field(() => ReadPolicyType, { defaultValue: 'LEADER', description: 'Which replica answers.' })
  readonly policy!: ReadPolicy;
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

  @Field(() => ReadsInput, { defaultValue: {}, description: 'Where reads go.' })
  readonly reads!: ReadsInput;
}
