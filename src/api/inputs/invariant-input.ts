import { Field, InputType } from 'type-graphql';
import type { InvariantSpec } from '../../model/spec/workload';
import { FiniteFloat } from '../scalars/finite-float';

@InputType({ description: 'A bound of a counter, such as an inventory that must not be below 0.' })
export class InvariantInput implements Record<keyof InvariantSpec, unknown> {
  @Field(() => String, {
    nullable: true,
    description: 'The name of the key, `key-0`, `key-1` …; every key if it is left out.',
  })
  readonly key!: string | null;

  @Field(() => FiniteFloat, {
    description: 'Its value must be at least this, −10^15 … 10^15. A counter that was never written is 0.',
  })
  readonly min!: number;
}
