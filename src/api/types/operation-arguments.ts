import { ArgsType, Field } from 'type-graphql';
import type { OperationKind, Outcome } from '../../model/operation';
import { OperationKindType, OutcomeType } from './enums';

const DATACENTER = { nullable: true, description: 'Only of clients in this datacenter; all if left out.' };

@ArgsType()
export class OperationArguments {
  @Field(() => OperationKindType, { nullable: true, description: 'Only of this kind; all if left out.' })
  readonly kind?: OperationKind | null;

  @Field(() => String, DATACENTER)
  readonly datacenter?: string | null;
}

@ArgsType()
export class LatencyArguments {
  @Field(() => OperationKindType, { description: 'Of which operations.' })
  readonly kind!: OperationKind;

  @Field(() => String, DATACENTER)
  readonly datacenter?: string | null;

  @Field(() => OutcomeType, { defaultValue: 'OK', description: 'Of operations that ended so.' })
  readonly outcome!: Outcome;
}
