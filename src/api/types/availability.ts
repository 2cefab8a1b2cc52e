import { Field, Int } from 'type-graphql';
import type { Availability, DatacenterAvailability } from '../../experiments/result/availability';
import type { OperationCounts } from '../../experiments/result/operation-counts';
import type { Outage } from '../../model/measurements';
import { BigIntegerScalar } from '../scalars/big-integer';
import { FiniteFloat } from '../scalars/finite-float';
import { PlainType } from '../schema/plain-type';

@PlainType('OperationCounts', { description: 'Operations of the measured time, by how they ended.' })
export class OperationCountsType implements OperationCounts {
  @Field(() => BigIntegerScalar, { description: 'All of them, at least 0.' })
  readonly total!: number;

  @Field(() => BigIntegerScalar, { description: 'Answered and done, at least 0.' })
  readonly ok!: number;

  @Field(() => BigIntegerScalar, { description: 'Answered, and certainly not done, at least 0.' })
  readonly failed!: number;

  @Field(() => BigIntegerScalar, {
    description: 'Not answered in time, at least 0: they may or may not have taken effect.',
  })
  readonly unknown!: number;
}

@PlainType('Outage', {
  description: 'A stretch of time in which the clients of a datacenter got no OK answer though they asked.',
})
export class OutageType implements Outage {
  @Field(() => Int, { description: 'The repetition it was seen in, from 0.' })
  readonly repetition!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Where the clients are; null in a cluster without datacenters.',
  })
  readonly datacenter!: string | null;

  @Field(() => FiniteFloat, { description: 'Its start in simulated ms, 0 … duration.' })
  readonly fromMs!: number;

  @Field(() => FiniteFloat, { description: 'Its end in simulated ms, 0 … duration.' })
  readonly toMs!: number;
}

@PlainType('DatacenterAvailability', { description: 'How far the clients of one datacenter got answers.' })
export class DatacenterAvailabilityType implements DatacenterAvailability {
  @Field(() => String, {
    nullable: true,
    description: 'Where the clients are; null in a cluster without datacenters.',
  })
  readonly datacenter!: string | null;

  @Field(() => BigIntegerScalar, { description: 'Their operations, at least 1.' })
  readonly operations!: number;

  @Field(() => FiniteFloat, { description: 'The share of them answered OK, 0 … 1.' })
  readonly okShare!: number;
}

@PlainType('Availability', { description: 'How far clients got answers.' })
export class AvailabilityType implements Availability {
  @Field(() => FiniteFloat, {
    nullable: true,
    description: 'The share of operations answered OK, 0 … 1; null if there was no operation.',
  })
  readonly okShare!: number | null;

  @Field(() => FiniteFloat, {
    nullable: true,
    description:
      'The longest outage of any datacenter in simulated ms; 0 without an outage, null before the first run has ended.',
  })
  readonly longestOutageMs!: number | null;

  @Field(() => [OutageType], {
    description: 'The longest outages, at most 100, by repetition, datacenter and time.',
  })
  readonly outages!: readonly Outage[];

  @Field(() => [DatacenterAvailabilityType], {
    description:
      'The same for each datacenter that has clients, by name; without one whose clients asked nothing.',
  })
  readonly byDatacenter!: readonly DatacenterAvailability[];
}
