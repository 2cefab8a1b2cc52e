import { Field, ID, Int } from 'type-graphql';
import type { Progress } from '../../experiments/lab';
import type { ExperimentId } from '../../model/ids';
import type { ExperimentStatus } from '../../model/status';
import { BigIntegerScalar } from '../scalars/big-integer';
import { FiniteFloat } from '../scalars/finite-float';
import { ExperimentStatusType } from './enums';
import { PlainType } from '../schema/plain-type';

@PlainType('ExperimentProgress', { description: 'How far an experiment is.' })
export class ProgressType implements Progress {
  @Field(() => ID, { description: 'The experiment, `exp_…`.' })
  readonly experimentId!: ExperimentId;

  @Field(() => ExperimentStatusType, { description: 'Where it stands.' })
  readonly status!: ExperimentStatus;

  @Field(() => Int, { description: 'Runs that have ended, 0 … `totalRuns`.' })
  readonly completedRuns!: number;

  @Field(() => Int, { description: 'Runs in all.' })
  readonly totalRuns!: number;

  @Field(() => FiniteFloat, {
    description: 'The share that is done, 0 … 1. It counts inside runs and never falls.',
  })
  readonly fraction!: number;

  @Field(() => BigIntegerScalar, { description: 'Operations simulated so far, in runs ended and under way.' })
  readonly simulatedOperations!: number;

  @Field(() => FiniteFloat, {
    nullable: true,
    description: 'Simulated operations per second of real time since the first run started; null before.',
  })
  readonly operationsPerSecond!: number | null;

  @Field(() => FiniteFloat, {
    nullable: true,
    description: 'Estimated real time to the end in ms; null while nothing can be said.',
  })
  readonly etaMs!: number | null;

  @Field(() => FiniteFloat, {
    nullable: true,
    description: 'Real time since the first run started, in ms; null before.',
  })
  readonly elapsedMs!: number | null;

  @Field(() => BigIntegerScalar, {
    description: 'The last event that is included: `experimentEvents` can continue from it.',
  })
  readonly sequence!: bigint;
}
