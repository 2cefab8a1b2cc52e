import { Field, InputType, Int } from 'type-graphql';
import { DEFAULT_ZIPFIAN_EXPONENT } from '../../model/spec/defaults';
import { ZIPFIAN_EXPONENT_MAX } from '../../model/spec/limits';
import type { KeyDistribution } from '../../model/spec/workload';
import { FiniteFloat } from '../scalars/finite-float';
import { OneOf } from '../schema/one-of';
import type { Variant, Variants } from './variant';

@InputType({ description: 'All keys are equally popular.' })
export class UniformKeysInput implements Variant<KeyDistribution, 'uniform'> {
  @Field(() => Int, { defaultValue: 0, description: 'Keys before this index are never used: 0 … count − 1.' })
  readonly firstKey!: number;
}

@InputType({
  description: 'Few keys are very popular: the popularity of the r-th is proportional to 1 / r^exponent.',
})
export class ZipfianKeysInput implements Variant<KeyDistribution, 'zipfian'> {
  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_ZIPFIAN_EXPONENT,
    description: `How uneven: 0 (all alike) … ${ZIPFIAN_EXPONENT_MAX}; YCSB's own is 0.99.`,
  })
  readonly exponent!: number;
}

@OneOf()
@InputType({ description: 'How often each key is used: exactly one of its fields.' })
export class KeyDistributionInput implements Variants<KeyDistribution> {
  @Field(() => UniformKeysInput, { nullable: true, description: 'All alike. `{}` for all defaults.' })
  readonly uniform?: UniformKeysInput | null;

  @Field(() => ZipfianKeysInput, {
    nullable: true,
    description: 'Some far more than others. `{}` for all defaults.',
  })
  readonly zipfian?: ZipfianKeysInput | null;
}
