import { Field, InputType, Int } from 'type-graphql';
import {
  DEFAULT_HOT_KEY_SHARE,
  DEFAULT_HOT_OPERATION_SHARE,
  DEFAULT_ZIPFIAN_EXPONENT,
} from '../../model/spec/defaults';
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

@InputType({ description: 'Some keys, the first ones, are hot; all hot keys are alike, and all others are.' })
export class HotspotKeysInput implements Variant<KeyDistribution, 'hotspot'> {
  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_HOT_KEY_SHARE,
    description: 'The share of the keys that are hot, 0 … 1; at least one key is.',
  })
  readonly hotKeyShare!: number;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_HOT_OPERATION_SHARE,
    description: 'The share of the operations that use them, 0 … 1.',
  })
  readonly hotOperationShare!: number;
}

@InputType({
  description:
    'Each write takes the next key, after the last the first again. A read takes the r-th newest of those written so far ' +
    'with a popularity proportional to 1 / r^exponent.',
})
export class LatestKeysInput implements Variant<KeyDistribution, 'latest'> {
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

  @Field(() => HotspotKeysInput, {
    nullable: true,
    description: 'A few hot, the others cold. `{}` for all defaults.',
  })
  readonly hotspot?: HotspotKeysInput | null;

  @Field(() => LatestKeysInput, {
    nullable: true,
    description: 'What was written last is read most. `{}` for all defaults.',
  })
  readonly latest?: LatestKeysInput | null;
}
