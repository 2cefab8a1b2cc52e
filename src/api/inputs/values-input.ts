import { Field, InputType, Int } from 'type-graphql';
import {
  DEFAULT_CART_ITEMS,
  DEFAULT_INCREMENT,
  DEFAULT_REMOVE_SHARE,
  DEFAULT_REPLY_SHARE,
} from '../../model/spec/defaults';
import { CART_ITEMS_MAX, INCREMENT_MAX } from '../../model/spec/limits';
import type { ValueSpec } from '../../model/spec/workload';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { OneOf } from '../schema/one-of';
import type { Variant, Variants } from './variant';

@InputType({ description: 'A value is replaced as a whole.' })
export class RegisterValuesInput implements Variant<ValueSpec, 'register'> {
  @Field(() => FiniteFloat, { defaultValue: 0, description: 'The share of writes that delete, 0 … 1.' })
  readonly deleteShare!: number;
}

@InputType({ description: 'What a write adds: an integer, all alike between two bounds.' })
export class IncrementInput {
  @Field(() => Int, { description: `The least, −${grouped(INCREMENT_MAX)} … ${grouped(INCREMENT_MAX)}.` })
  readonly min!: number;

  @Field(() => Int, { description: `The greatest, \`min\` … ${grouped(INCREMENT_MAX)}.` })
  readonly max!: number;
}

@InputType({ description: 'A value is a number, 0 at first, to which writes add.' })
export class CounterValuesInput implements Variant<ValueSpec, 'counter'> {
  @Field(() => IncrementInput, { defaultValue: DEFAULT_INCREMENT, description: 'What a write adds.' })
  readonly increment!: IncrementInput;
}

@InputType({
  description: 'A value is a set, empty at first: a write adds an item or removes one, all items alike.',
})
export class CartValuesInput implements Variant<ValueSpec, 'cart'> {
  @Field(() => Int, {
    defaultValue: DEFAULT_CART_ITEMS,
    description: `How many different items there are, 1 … ${grouped(CART_ITEMS_MAX)}.`,
  })
  readonly items!: number;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_REMOVE_SHARE,
    description: 'The share of writes that remove, 0 … 1; the others add.',
  })
  readonly removeShare!: number;
}

@InputType({
  description:
    'A value is a message. A reply names the message that it answers: who sees it should see both.',
})
export class MessageValuesInput implements Variant<ValueSpec, 'messages'> {
  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_REPLY_SHARE,
    description:
      'The share of writes that answer what the same session wrote before, 0 … 1; the others begin anew.',
  })
  readonly replyShare!: number;
}

@OneOf()
@InputType({ description: 'What values are, and so what a write does: exactly one of its fields.' })
export class ValuesInput implements Variants<ValueSpec> {
  @Field(() => RegisterValuesInput, {
    nullable: true,
    description: 'Replaced as a whole. `{}` for all defaults.',
  })
  readonly register?: RegisterValuesInput | null;

  @Field(() => CounterValuesInput, { nullable: true, description: 'Numbers. `{}` for all defaults.' })
  readonly counter?: CounterValuesInput | null;

  @Field(() => CartValuesInput, { nullable: true, description: 'Sets. `{}` for all defaults.' })
  readonly cart?: CartValuesInput | null;

  @Field(() => MessageValuesInput, {
    nullable: true,
    description: 'Messages and replies to them. `{}` for all defaults.',
  })
  readonly messages?: MessageValuesInput | null;
}
