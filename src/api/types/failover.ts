import { Field, Int } from 'type-graphql';
import {
  FAILOVERS_KEPT,
  LOST_RANGES_KEPT,
  type FailoverMeasurement,
  type LsnRange,
  type RecoveryPoint,
} from '../../model/failover-measurements';
import type { DualLeadersReport } from '../../experiments/result/replication-result';
import { BigIntegerScalar } from '../scalars/big-integer';
import { FiniteFloat } from '../scalars/finite-float';
import { PlainType } from '../schema/plain-type';
import { HistogramType } from './histogram';

@PlainType('LsnRange', { description: 'Neighbouring places in a log, both ends included.' })
export class LsnRangeType implements LsnRange {
  @Field(() => BigIntegerScalar, { description: 'The first log sequence number, at least 1.' })
  readonly fromLsn!: number;

  @Field(() => BigIntegerScalar, { description: 'The last log sequence number, at least `fromLsn`.' })
  readonly toLsn!: number;
}

const NO_FAULT = 'null if no fault caused it';

@PlainType('Failover', {
  description:
    'A new leader took the place of an old one. Its parts follow each other: detection, election, promotion, redirection.',
})
export class FailoverType implements FailoverMeasurement {
  @Field(() => Int, { description: 'The repetition it was seen in, from 0.' })
  readonly repetition!: number;

  @Field(() => FiniteFloat, {
    description: 'When the new leader began to lead, in simulated ms; negative in the warm-up.',
  })
  readonly atMs!: number;

  @Field(() => Int, { description: 'The shard whose lead it took over, from 0; 0 without shards.' })
  readonly shard!: number;

  @Field(() => String, { description: 'The node that led before.' })
  readonly oldLeader!: string;

  @Field(() => String, { description: 'The node that led afterwards.' })
  readonly newLeader!: string;

  @Field(() => Int, { description: 'The epoch of the new leader, at least 1; the higher is newer.' })
  readonly epoch!: number;

  @Field(() => Boolean, {
    description:
      'Whether the old leader was alive, neither down nor standing still, and not cut off from the majority: FALSE_FAILOVER.',
  })
  readonly isFalse!: boolean;

  @Field(() => FiniteFloat, {
    nullable: true,
    description: `When the fault came for which the old leader was declared dead, in simulated ms; ${NO_FAULT}.`,
  })
  readonly faultAtMs!: number | null;

  @Field(() => FiniteFloat, {
    nullable: true,
    description: `From the fault until somebody declared the old leader dead, in ms, at least 0; ${NO_FAULT}.`,
  })
  readonly detectionMs!: number | null;

  @Field(() => FiniteFloat, {
    description: 'From there until the new leader was chosen, in ms, at least 0.',
  })
  readonly electionMs!: number;

  @Field(() => FiniteFloat, { description: 'From there until it began to lead, in ms, at least 0.' })
  readonly promotionMs!: number;

  @Field(() => FiniteFloat, {
    nullable: true,
    description:
      'From there until a client had the first acknowledgement of a write by it, in ms, at least 0; null if none ever had.',
  })
  readonly redirectionMs!: number | null;

  @Field(() => FiniteFloat, {
    nullable: true,
    description:
      'The recovery time (RTO): from the fault to that acknowledgement, in ms, at least 0; null without a fault, or without such a write.',
  })
  readonly recoveryMs!: number | null;

  @Field(() => BigIntegerScalar, {
    description:
      'The recovery point (RPO): writes that the old leader had acknowledged and that nobody held at the end, at least 0.',
  })
  readonly lostWrites!: number;

  @Field(() => [LsnRangeType], {
    description: `Where those stood in its log, rising; at most ${LOST_RANGES_KEPT} ranges.`,
  })
  readonly lostRanges!: readonly LsnRange[];
}

@PlainType('FailoverTimes', {
  description: 'How long the parts of all failovers took, of those that have the part.',
})
export class FailoverTimesType {
  @Field(() => HistogramType, {
    description: 'From the fault until the old leader was declared dead, in ms.',
  })
  readonly detection!: HistogramType;

  @Field(() => HistogramType, { description: 'From there until a new leader was chosen, in ms.' })
  readonly election!: HistogramType;

  @Field(() => HistogramType, { description: 'From there until it began to lead, in ms.' })
  readonly promotion!: HistogramType;

  @Field(() => HistogramType, {
    description: 'From there until a client had an acknowledgement of it, in ms.',
  })
  readonly redirection!: HistogramType;

  @Field(() => HistogramType, {
    description: 'The recovery time (RTO), all of them together, from the fault, in ms.',
  })
  readonly recovery!: HistogramType;
}

@PlainType('RecoveryPoint', {
  description:
    'How much acknowledged work was lost (RPO): the count of LOST_WRITE, with or without a failover.',
})
export class RecoveryPointType implements RecoveryPoint {
  @Field(() => BigIntegerScalar, {
    description: `Acknowledged writes that nobody held at the end, in all runs together, at least 0; of the first ${FAILOVERS_KEPT} failovers \`failovers\` tells which.`,
  })
  readonly lostWrites!: number;

  @Field(() => Int, { description: 'Runs that lost any, 0 … `runCount`.' })
  readonly runsWithLoss!: number;

  @Field(() => BigIntegerScalar, { description: 'Those of the run that lost most, at least 0.' })
  readonly lostWritesMax!: number;
}

@PlainType('DualLeaders', {
  description:
    'What happened while two nodes or more believed that they lead the same shard, whether or not they acknowledged anything.',
})
export class DualLeadersType implements Omit<DualLeadersReport, 'durations'> {
  @Field(() => HistogramType, {
    description: 'How long it lasted each time, in ms; its count says how often.',
  })
  readonly durations!: HistogramType;

  @Field(() => FiniteFloat, {
    description: 'All of these together, of all runs and shards, in ms, at least 0.',
  })
  readonly totalMs!: number;

  @Field(() => FiniteFloat, { description: 'The longest of them in ms; 0 if there never were two leaders.' })
  readonly longestMs!: number;

  @Field(() => BigIntegerScalar, {
    description:
      'Writes of the measured duration that a leader acknowledged meanwhile although there was one of a newer epoch, at least 0.',
  })
  readonly olderSideWrites!: number;

  @Field(() => BigIntegerScalar, { description: 'Those of them that were lost, at least 0.' })
  readonly olderSideLost!: number;
}
