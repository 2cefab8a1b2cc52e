import { Field } from 'type-graphql';
import type { OperationCounts } from '../../experiments/result/operation-counts';
import type { SeriesInterval } from '../../experiments/result/series-report';
import { BigIntegerScalar } from '../scalars/big-integer';
import { FiniteFloat } from '../scalars/finite-float';
import { PlainType } from '../schema/plain-type';
import { OperationCountsType } from './availability';

const NO_OPERATION = 'null if no such operation arrived';
const NO_APPLY = 'null if there was none';

@PlainType('SeriesInterval', {
  description: 'One of the hundred equal intervals of the measured duration, all runs together.',
})
export class SeriesIntervalType implements SeriesInterval {
  @Field(() => FiniteFloat, { description: 'Its start in simulated ms, 0 … duration.' })
  readonly fromMs!: number;

  @Field(() => FiniteFloat, { description: 'Its end in simulated ms, 0 … duration.' })
  readonly toMs!: number;

  @Field(() => OperationCountsType, { description: 'Operations that arrived in it, by how they ended.' })
  readonly operations!: OperationCounts;

  @Field(() => FiniteFloat, {
    nullable: true,
    description: 'The share of them answered OK, 0 … 1; null if none arrived.',
  })
  readonly okShare!: number | null;

  @Field(() => FiniteFloat, {
    description: 'OK answers that came in it, per simulated second of a run, at least 0: the throughput.',
  })
  readonly answersPerSecond!: number;

  @Field(() => FiniteFloat, {
    nullable: true,
    description: `Mean latency in ms of operations that arrived in it and were answered OK; ${NO_OPERATION}.`,
  })
  readonly latencyMsMean!: number | null;

  @Field(() => FiniteFloat, { nullable: true, description: `The longest of those in ms; ${NO_OPERATION}.` })
  readonly latencyMsMax!: number | null;

  @Field(() => BigIntegerScalar, {
    description:
      'Applies at replicas of the writes committed in it, whenever they came and of whatever filter; at least 0.',
  })
  readonly applies!: number;

  @Field(() => FiniteFloat, {
    nullable: true,
    description: `Mean replication lag of those in ms; ${NO_APPLY}.`,
  })
  readonly replicationLagMsMean!: number | null;

  @Field(() => FiniteFloat, { nullable: true, description: `The longest of those in ms; ${NO_APPLY}.` })
  readonly replicationLagMsMax!: number | null;
}
