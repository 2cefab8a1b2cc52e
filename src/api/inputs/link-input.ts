import { Field, InputType } from 'type-graphql';
import { DistributionInput } from './distribution-input';

@InputType({
  description:
    'Latencies of messages. Give exactly one of `between`, `within`, or `from` together with `to`.',
})
export class LinkInput {
  @Field(() => [String], { nullable: true, description: 'Two datacenters, the same law in both directions.' })
  readonly between!: readonly string[] | null;

  @Field(() => String, { nullable: true, description: 'One datacenter: between its own nodes and clients.' })
  readonly within!: string | null;

  @Field(() => String, { nullable: true, description: 'The sending datacenter, one way; with `to`.' })
  readonly from!: string | null;

  @Field(() => String, { nullable: true, description: 'The receiving datacenter, one way; with `from`.' })
  readonly to!: string | null;

  @Field(() => DistributionInput, { description: 'The time of one message, one way.' })
  readonly latency!: DistributionInput;
}
