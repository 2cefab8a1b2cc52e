import { Field, InputType } from 'type-graphql';
import type { Distribution, MixtureComponent } from '../../model/spec/distribution';
import { MIXTURE_COMPONENTS_MAX, MIXTURE_DEPTH_MAX, WEIGHT_MAX } from '../../model/spec/limits';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { OneOf } from '../schema/one-of';
import { EmpiricalDistributionInput } from './empirical-distribution-input';
import {
  ConstantDistributionInput,
  ExponentialDistributionInput,
  LognormalDistributionInput,
  NormalDistributionInput,
  ParetoDistributionInput,
  UniformDistributionInput,
  WeibullDistributionInput,
} from './formula-distribution-inputs';
import type { Variant, Variants } from './variant';

@InputType({ description: 'One of the laws of a mixture.' })
export class MixtureComponentInput implements Record<keyof MixtureComponent, unknown> {
  @Field(() => FiniteFloat, {
    description: `How often: its share of the sum of all weights; above 0 … ${grouped(WEIGHT_MAX)}.`,
  })
  readonly weight!: number;

  /** Not typed by its class, which is declared below: decorators look at once. */
  @Field(() => DistributionInput, { description: 'The law of these durations.' })
  readonly distribution!: Variants<Distribution>;
}

@InputType({ description: 'Each duration follows one of several laws.' })
export class MixtureDistributionInput implements Record<keyof Variant<Distribution, 'mixture'>, unknown> {
  @Field(() => [MixtureComponentInput], {
    description: `1 … ${MIXTURE_COMPONENTS_MAX} laws, mixtures among them: at most ${MIXTURE_DEPTH_MAX} inside one another.`,
  })
  readonly components!: readonly MixtureComponentInput[];
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

  @Field(() => NormalDistributionInput, { nullable: true, description: 'A bell, cut off at 0.' })
  readonly normal?: NormalDistributionInput | null;

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

  @Field(() => ParetoDistributionInput, { nullable: true, description: 'A least duration and a heavy tail.' })
  readonly pareto?: ParetoDistributionInput | null;

  @Field(() => WeibullDistributionInput, {
    nullable: true,
    description: 'A tail as heavy or as light as its shape says.',
  })
  readonly weibull?: WeibullDistributionInput | null;

  @Field(() => MixtureDistributionInput, { nullable: true, description: 'Now one law, now another.' })
  readonly mixture?: MixtureDistributionInput | null;

  @Field(() => EmpiricalDistributionInput, { nullable: true, description: 'As it was measured.' })
  readonly empirical?: EmpiricalDistributionInput | null;
}
