import { Field } from 'type-graphql';
import type { Problem, ProblemCode, Warning, WarningCode } from '../../model/problem';
import { UserErrorCodeType, WarningCodeType } from './problem-codes';
import { PlainType, type Plain } from '../schema/plain-type';

@PlainType('UserError', {
  description: 'What is wrong with an input. All mistakes of an input are reported at once.',
})
export class UserError {
  @Field(() => UserErrorCodeType, { description: 'The kind of the mistake.' })
  readonly code!: ProblemCode;

  @Field(() => [String], {
    description: 'Where it is: field names and list indexes from the root of the `input` argument.',
  })
  readonly field!: readonly string[];

  @Field(() => String, { description: 'What is wrong, what is allowed, what to give instead.' })
  readonly message!: string;
}

@PlainType('Warning', { description: 'Something that is allowed and likely to surprise.' })
export class WarningType implements Warning {
  @Field(() => WarningCodeType, { description: 'The kind of the surprise.' })
  readonly code!: WarningCode;

  @Field(() => String, { description: 'What will happen and why.' })
  readonly message!: string;
}

/** A domain problem as the API shows it. */
export function userErrorOf({ code, path, message }: Problem): Plain<UserError> {
  return { code, field: path.map(String), message };
}
