import { Field, Int } from 'type-graphql';
import type {
  LogBytesInterval,
  LogBytesReport,
  PositionInterval,
  ReplicaPositionsReport,
} from '../../experiments/result/positions-report';
import type { ServedReport } from '../../experiments/result/replication-result';
import type { OperationKind } from '../../model/operation';
import type { FollowerRecoveryMeasurement } from '../../model/replication-measurements';
import { BigIntegerScalar } from '../scalars/big-integer';
import { FiniteFloat } from '../scalars/finite-float';
import { PlainType } from '../schema/plain-type';
import { OperationKindType } from './enums';
import { HistogramType } from './histogram';

const NO_SAMPLE = 'null without a sample';

/** A figure of an interval that may have no sample. */
function SampledField(description: string): PropertyDecorator & MethodDecorator {
  return Field(() => FiniteFloat, { nullable: true, description: `${description}; ${NO_SAMPLE}.` });
}

@PlainType('PositionInterval', {
  description: 'How far a replica was in one of the hundred equal intervals of the measured duration.',
})
export class PositionIntervalType implements PositionInterval {
  @Field(() => FiniteFloat, { description: 'Its start in simulated ms, 0 … duration.' })
  readonly fromMs!: number;

  @Field(() => FiniteFloat, { description: 'Its end in simulated ms, 0 … duration.' })
  readonly toMs!: number;

  @Field(() => BigIntegerScalar, { description: 'Samples of all runs and shards, at least 0.' })
  readonly samples!: number;

  @SampledField('Mean of the last log sequence number that had been sent to it, at least 0')
  readonly sentLsnMean!: number | null;

  @SampledField('Mean of the last one that it had received, at least 0')
  readonly writeLsnMean!: number | null;

  @SampledField('Mean of the last one that it had made durable, at least 0')
  readonly flushLsnMean!: number | null;

  @SampledField('Mean of the last one that it had applied, at least 0')
  readonly replayLsnMean!: number | null;

  @SampledField('Mean of the last one that the leader had, at least 0')
  readonly leaderLsnMean!: number | null;

  @SampledField('Mean of the bytes of log that the leader had and it had not applied, at least 0')
  readonly lagBytesMean!: number | null;

  @SampledField('The most of those bytes, at least 0')
  readonly lagBytesMax!: number | null;

  @SampledField('Mean age of the oldest write that it lacked, in ms; 0 counts if it lacked none')
  readonly lagMsMean!: number | null;

  @SampledField('The highest of those ages in ms')
  readonly lagMsMax!: number | null;

  @SampledField('Mean of the writes that the leader had and it had not applied, at least 0')
  readonly lagWritesMean!: number | null;

  @SampledField('The most of those writes, at least 0')
  readonly lagWritesMax!: number | null;
}

@PlainType('ReplicaPositions', {
  description: 'How far one replica was over time, as `pg_stat_replication` shows it.',
})
export class ReplicaPositionsType implements ReplicaPositionsReport {
  @Field(() => String, { description: 'The name of the replica.' })
  readonly replica!: string;

  @Field(() => [PositionIntervalType], {
    description: 'Interval by interval.',
    complexity: ({ childComplexity }) => 1 + 2 * childComplexity,
  })
  readonly intervals!: readonly PositionInterval[];
}

@PlainType('LogBytesInterval', {
  description: 'The log that a node retained in one of the hundred equal intervals of the measured duration.',
})
export class LogBytesIntervalType implements LogBytesInterval {
  @Field(() => FiniteFloat, { description: 'Its start in simulated ms, 0 … duration.' })
  readonly fromMs!: number;

  @Field(() => FiniteFloat, { description: 'Its end in simulated ms, 0 … duration.' })
  readonly toMs!: number;

  @SampledField('Mean over the runs of the bytes of log that it retained, at least 0')
  readonly bytesMean!: number | null;
}

@PlainType('NodeLogBytes', { description: 'The log that one node retained over time.' })
export class NodeLogBytesType implements LogBytesReport {
  @Field(() => String, { description: 'The name of the node.' })
  readonly node!: string;

  @Field(() => BigIntegerScalar, { description: 'The most bytes that it retained in any run, at least 0.' })
  readonly bytesMax!: number;

  @Field(() => [LogBytesIntervalType], {
    description: 'Interval by interval.',
    complexity: ({ childComplexity }) => 1 + 2 * childComplexity,
  })
  readonly intervals!: readonly LogBytesInterval[];
}

@PlainType('FollowerRecovery', {
  description: 'How a follower that had been down came back: five steps, one after the other.',
})
export class FollowerRecoveryType implements FollowerRecoveryMeasurement {
  @Field(() => Int, { description: 'The repetition it was seen in, from 0.' })
  readonly repetition!: number;

  @Field(() => String, { description: 'The name of the replica.' })
  readonly replica!: string;

  @Field(() => Int, { description: 'The shard, from 0; 0 without shards.' })
  readonly shard!: number;

  @Field(() => FiniteFloat, { description: 'When it was live again, in simulated ms.' })
  readonly atMs!: number;

  @Field(() => FiniteFloat, {
    nullable: true,
    description: 'When it went down, in simulated ms; null if no fault took it down.',
  })
  readonly downAtMs!: number | null;

  @Field(() => FiniteFloat, {
    nullable: true,
    description: 'Step 1, until it ran again, in ms, at least 0; null if no fault took it down.',
  })
  readonly restartMs!: number | null;

  @Field(() => FiniteFloat, {
    description:
      'Step 2, from there until it had read where its log ends, in ms, at least 0: one service time of the node.',
  })
  readonly positionMs!: number;

  @Field(() => FiniteFloat, {
    description: 'Step 3, from there until what it asked for began to come, in ms, at least 0.',
  })
  readonly requestMs!: number;

  @Field(() => FiniteFloat, {
    description: 'Step 4, from there until it had applied what the leader had had then, in ms, at least 0.',
  })
  readonly catchUpMs!: number;

  @Field(() => FiniteFloat, {
    description: 'Step 5, from there until it was on the live stream, in ms, at least 0.',
  })
  readonly liveMs!: number;

  @Field(() => BigIntegerScalar, { description: 'Log entries that it applied meanwhile, at least 0.' })
  readonly entries!: number;

  @Field(() => BigIntegerScalar, {
    description: 'Bytes of a full copy or a rewind; 0 if the log that was kept for it sufficed.',
  })
  readonly copiedBytes!: number;
}

@PlainType('FollowerRecoverySteps', { description: 'How long the steps of all such recoveries took.' })
export class FollowerRecoveryStepsType {
  @Field(() => HistogramType, { description: 'Step 1, until it ran again, in ms.' })
  readonly restart!: HistogramType;

  @Field(() => HistogramType, { description: 'Step 2, until it knew where its log ends, in ms.' })
  readonly position!: HistogramType;

  @Field(() => HistogramType, {
    description: 'Step 3, until what it asked for began to come, in ms.',
  })
  readonly request!: HistogramType;

  @Field(() => HistogramType, {
    description: 'Step 4, until it had applied what the leader had had then, in ms.',
  })
  readonly catchUp!: HistogramType;

  @Field(() => HistogramType, { description: 'Step 5, until it was on the live stream, in ms.' })
  readonly live!: HistogramType;
}

@PlainType('ServedOperations', { description: 'What a node answered OK.' })
export class ServedOperationsType implements ServedReport {
  @Field(() => String, { description: 'The name of the node.' })
  readonly node!: string;

  @Field(() => OperationKindType, { description: 'What was asked of it.' })
  readonly kind!: OperationKind;

  @Field(() => BigIntegerScalar, {
    description: 'How many of the operations of the measured time, at least 1.',
  })
  readonly count!: number;

  @Field(() => FiniteFloat, {
    description: 'Its share of all operations of that kind that were answered OK, above 0, at most 1.',
  })
  readonly share!: number;
}
