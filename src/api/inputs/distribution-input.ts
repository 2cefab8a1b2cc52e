import { Field, InputType } from 'type-graphql';
import { DEFAULT_EXPONENTIAL_OFFSET_MS } from '../../model/spec/defaults';
import type { Distribution } from '../../model/spec/distribution';
import { LATENCY_MS_MAX, SIGMA_MAX } from '../../model/spec/limits';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { OneOf } from '../schema/one-of';
import type { Variant, Variants } from './variant';

const RANGE = `0 … ${grouped(LATENCY_MS_MAX)} ms`;

@InputType({ description: 'Always the same duration.' })
export class ConstantDistributionInput implements Variant<Distribution, 'constant'> {
  @Field(() => FiniteFloat, { description: `The duration, ${RANGE}.` })
  readonly ms!: number;
}

@InputType({ description: 'Every duration between two bounds is equally likely.' })
export class UniformDistributionInput implements Variant<Distribution, 'uniform'> {
  @Field(() => FiniteFloat, { description: `The shortest duration, ${RANGE}.` })
  readonly minMs!: number;

  @Field(() => FiniteFloat, {
    description: `The longest duration, \`minMs\` … ${grouped(LATENCY_MS_MAX)} ms.`,
  })
  readonly maxMs!: number;
}

@InputType({ description: 'A fixed part and an exponentially distributed one.' })
export class ExponentialDistributionInput implements Variant<Distribution, 'exponential'> {
  @Field(() => FiniteFloat, { description: `The mean of the exponential part, ${RANGE}.` })
  readonly meanMs!: number;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_EXPONENTIAL_OFFSET_MS,
    description: `The fixed part, ${RANGE}; it is the shortest duration.`,
  })
  readonly offsetMs!: number;
}

@InputType({ description: 'The logarithm is normally distributed: most near the median, a long tail above.' })
export class LognormalDistributionInput implements Variant<Distribution, 'lognormal'> {
  @Field(() => FiniteFloat, { description: `Half of the durations are shorter, ${RANGE}.` })
  readonly medianMs!: number;

  @Field(() => FiniteFloat, {
    description: `Standard deviation of the natural logarithm, 0 … ${SIGMA_MAX}; 0.2 is calm, 1 is wild.`,
  })
  readonly sigma!: number;
}

@OneOf()
@InputType({ description: 'The law of a duration: exactly one of its fields.' })
export class DistributionInput implements Variants<Distribution> {
  @Field(() => ConstantDistributionInput, { nullable: true, description: 'Always the same.' })
  readonly constant?: ConstantDistributionInput | null;

  @Field(() => UniformDistributionInput, {
    nullable: true,
    description: 'Equally likely between two bounds.',
  })
  readonly uniform?: UniformDistributionInput | null;

  @Field(() => ExponentialDistributionInput, {
    nullable: true,
    description: 'A fixed and an exponential part.',
  })
  readonly exponential?: ExponentialDistributionInput | null;

  @Field(() => LognormalDistributionInput, {
    nullable: true,
    description: 'Around a median, with a long tail.',
  })
  readonly lognormal?: LognormalDistributionInput | null;
}
