import { Field, InputType } from 'type-graphql';
import type { Distribution, Quantile } from '../../model/spec/distribution';
import { LATENCY_MS_MAX, QUANTILES_MAX, SAMPLES_MAX } from '../../model/spec/limits';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { OneOf } from '../schema/one-of';
import type { Variant, Variants } from './variant';

const RANGE = `0 … ${grouped(LATENCY_MS_MAX)} ms`;

@InputType({ description: 'A share of the durations, and what they are shorter than.' })
export class QuantileInput implements Quantile {
  @Field(() => FiniteFloat, { description: 'The share, 0 … 1: 0.99 for the 99th percentile.' })
  readonly q!: number;

  @Field(() => FiniteFloat, { description: `The duration, ${RANGE}.` })
  readonly ms!: number;
}

@OneOf()
@InputType({ description: 'A law that was measured: exactly one of its fields.' })
export class EmpiricalDistributionInput implements Variants<Variant<Distribution, 'empirical'>> {
  @Field(() => [QuantileInput], {
    nullable: true,
    description:
      `2 … ${grouped(QUANTILES_MAX)} quantiles with straight lines between them: \`q\` rises, \`ms\` does not fall. ` +
      'Below the first and above the last every duration is the first, the last: give q 0 and 1 for the least and the greatest.',
  })
  readonly quantiles?: readonly QuantileInput[] | null;

  @Field(() => [FiniteFloat], {
    nullable: true,
    description: `1 … ${grouped(SAMPLES_MAX)} durations, each equally likely, each ${RANGE}.`,
  })
  readonly samplesMs?: readonly number[] | null;
}
