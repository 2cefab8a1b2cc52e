import { Field, ID, Int } from 'type-graphql';
import type { ExperimentEvent, EventKind } from '../../experiments/ports/records';
import type { ExperimentId } from '../../model/ids';
import { BigIntegerScalar } from '../scalars/big-integer';
import { DateTimeScalar } from '../scalars/date-time';
import { EventKindType } from './enums';
import { PlainType } from '../schema/plain-type';

@PlainType('ExperimentEvent', { description: 'One entry of the log of an experiment.' })
export class ExperimentEventType implements Omit<ExperimentEvent, 'run'> {
  @Field(() => ID, { description: 'The experiment, `exp_…`.' })
  readonly experimentId!: ExperimentId;

  @Field(() => BigIntegerScalar, { description: 'Its place in the log: 1, 2, 3 … without gaps.' })
  readonly sequence!: bigint;

  @Field(() => DateTimeScalar, { description: 'When it was written.' })
  readonly at!: Date;

  @Field(() => EventKindType, { description: 'What happened.' })
  readonly kind!: EventKind;

  @Field(() => String, { description: 'The same in words.' })
  readonly message!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many runs it tells of, at least 1: consecutive repetitions, of which `run` is the first. Null if it tells of ' +
      'the experiment.',
  })
  readonly runCount!: number | null;
}
