import { Field, InputType } from 'type-graphql';
import { DEFAULT_EXPONENTIAL_OFFSET_MS } from '../../model/spec/defaults';
import type { Distribution } from '../../model/spec/distribution';
import { LATENCY_MS_MAX, SHAPE_MAX, SHAPE_MIN, SIGMA_MAX } from '../../model/spec/limits';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import type { Variant } from './variant';

const RANGE = `0 … ${grouped(LATENCY_MS_MAX)} ms`;
const SHAPES = `${SHAPE_MIN} … ${grouped(SHAPE_MAX)}`;

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

@InputType({
  description:
    'A bell around the mean. Durations below 0 are left out, the others become likelier in proportion: with a wide bell the mean is then above `meanMs`.',
})
export class NormalDistributionInput implements Variant<Distribution, 'normal'> {
  @Field(() => FiniteFloat, { description: `The mean of the whole bell, ${RANGE}.` })
  readonly meanMs!: number;

  @Field(() => FiniteFloat, { description: `The standard deviation of the whole bell, ${RANGE}.` })
  readonly standardDeviationMs!: number;
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

@InputType({
  description:
    'A heavy tail: the share of durations above x is (`scaleMs` / x)^`shape`. The mean is infinite with a shape of 1 or less.',
})
export class ParetoDistributionInput implements Variant<Distribution, 'pareto'> {
  @Field(() => FiniteFloat, { description: `The shortest duration, ${RANGE}.` })
  readonly scaleMs!: number;

  @Field(() => FiniteFloat, { description: `How light the tail is (α), ${SHAPES}; 1.5 is wild, 10 is calm.` })
  readonly shape!: number;
}

@InputType({ description: 'The share of durations above x is e^−(x / `scaleMs`)^`shape`.' })
export class WeibullDistributionInput implements Variant<Distribution, 'weibull'> {
  @Field(() => FiniteFloat, { description: `63.2 % of the durations are shorter, ${RANGE}.` })
  readonly scaleMs!: number;

  @Field(() => FiniteFloat, {
    description: `${SHAPES}; below 1 a heavy tail, 1 exponential, above 3 nearly a bell.`,
  })
  readonly shape!: number;
}
