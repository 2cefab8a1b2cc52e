import { Field, InputType, Int } from 'type-graphql';
import { DEFAULT_ARRIVALS, DEFAULT_SESSIONS } from '../../model/spec/defaults';
import { RATE_PER_SECOND_MAX, SESSIONS_MAX } from '../../model/spec/limits';
import type { ClientGroupSpec } from '../../model/spec/workload';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { ArrivalsInput } from './arrivals-input';

@InputType({ description: 'A group of sessions in one place that share a rate, or think each for itself.' })
export class ClientGroupInput implements Record<keyof ClientGroupSpec, unknown> {
  @Field(() => String, {
    nullable: true,
    description: 'Where they are; required in a cluster with datacenters.',
  })
  readonly datacenter!: string | null;

  @Field(() => Int, {
    defaultValue: DEFAULT_SESSIONS,
    description: `How many sessions, 1 … ${grouped(SESSIONS_MAX)}; each does one operation at a time.`,
  })
  readonly sessions!: number;

  @Field(() => FiniteFloat, {
    nullable: true,
    description:
      `Operations per simulated second of the whole group, on average: above 0 … ${grouped(RATE_PER_SECOND_MAX)}. ` +
      'Required, but for a closed loop, which must not have it.',
  })
  readonly ratePerSecond!: number | null;

  @Field(() => ArrivalsInput, {
    defaultValue: DEFAULT_ARRIVALS,
    description: 'When operations come. Each goes to a session drawn at random, but in a closed loop.',
  })
  readonly arrivals!: ArrivalsInput;
}
