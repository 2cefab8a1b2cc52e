import { Field, ID, Int } from 'type-graphql';
import type { ExperimentId } from '../../model/ids';
import type { ExperimentSpec } from '../../model/spec/experiment';
import type { ExperimentStatus } from '../../model/status';
import type { ExperimentRecord } from '../../experiments/ports/records';
import { BigIntegerScalar } from '../scalars/big-integer';
import { DateTimeScalar } from '../scalars/date-time';
import { JsonScalar } from '../scalars/json';
import { ExperimentStatusType } from './enums';
import { Node } from './node';
import { PlainType } from '../schema/plain-type';

type Shown = Omit<ExperimentRecord, 'seed' | 'clusterId'>;

@PlainType('Experiment', {
  description: 'A cluster, a workload and faults, simulated a number of times.',
  implements: Node,
})
export class Experiment implements Shown {
  @Field(() => ID, { description: 'Opaque, `exp_…`; later experiments have greater ids.' })
  readonly id!: ExperimentId;

  @Field(() => String, { description: 'As it was given; names need not be unique.' })
  readonly name!: string;

  @Field(() => ExperimentStatusType, { description: 'Where it stands.' })
  readonly status!: ExperimentStatus;

  @Field(() => JsonScalar, {
    description:
      'The whole definition with every default filled in: `cluster`, `workload`, `faults`, `nemesis`, `eventBudget`.',
  })
  readonly spec!: ExperimentSpec;

  @Field(() => Int, { description: 'How often each configuration is simulated, at least 1.' })
  readonly repetitions!: number;

  @Field(() => Int, { description: 'How many runs it has in all.' })
  readonly runCount!: number;

  @Field(() => Int, { description: 'Runs that have ended, 0 … `runCount`.' })
  readonly completedRuns!: number;

  @Field(() => String, {
    description:
      'The version of the engine, fixed at submission: the same version and seed give the same bytes.',
  })
  readonly engineVersion!: string;

  @Field(() => BigIntegerScalar, { description: 'The sequence of its newest event, at least 1.' })
  readonly lastSequence!: bigint;

  @Field(() => DateTimeScalar, { description: 'When it was submitted.' })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its first run started; null before.' })
  readonly startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its last run ended; null before.' })
  readonly finishedAt!: Date | null;
}
