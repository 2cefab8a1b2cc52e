import { Field, InputType } from 'type-graphql';
import { OneOf } from '../schema/one-of';
import { SingleLeaderInput } from './single-leader-input';

/** One field for each protocol, named as in the registry of protocols. */
@OneOf()
@InputType({ description: 'The replication protocol and its settings: exactly one of its fields.' })
export class ReplicationInput {
  @Field(() => SingleLeaderInput, {
    nullable: true,
    description: 'One node takes all writes and sends its log to the others. `{}` for all defaults.',
  })
  readonly singleLeader?: SingleLeaderInput | null;
}
