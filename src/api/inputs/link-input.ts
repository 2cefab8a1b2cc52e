import { Field, InputType } from 'type-graphql';
import { DEFAULT_DUPLICATION, DEFAULT_LOSS } from '../../model/spec/defaults';
import type { LinkLaw } from '../../model/spec/cluster';
import { FiniteFloat } from '../scalars/finite-float';
import { DistributionInput } from './distribution-input';

@InputType({
  description: 'How messages travel. Give exactly one of `between`, `within`, or `from` together with `to`.',
})
export class LinkInput implements Record<keyof LinkLaw, unknown> {
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

  @Field(() => DistributionInput, {
    nullable: true,
    description: 'Drawn for each message and added to its latency; without it nothing is.',
  })
  readonly jitter!: DistributionInput | null;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_LOSS,
    description: 'The probability that a message is lost, 0 … 1. Streams send it again.',
  })
  readonly loss!: number;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_DUPLICATION,
    description: 'The probability that a message comes twice, 0 … 1. Streams notice it.',
  })
  readonly duplication!: number;
}
