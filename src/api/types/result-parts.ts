import { Field, Int } from 'type-graphql';
import type { AbsenceReason, AbsentReason } from '../../experiments/result/absence-reason';
import type { Measurements, TimelineEvent } from '../../model/measurements';
import { BigIntegerScalar } from '../scalars/big-integer';
import { FiniteFloat } from '../scalars/finite-float';
import { describedEnum } from '../schema/described-enum';
import { TimelineKindType } from './enums';
import { HistogramType } from './histogram';
import { PlainType } from '../schema/plain-type';

@PlainType('ReplicaLag', { description: 'How far one replica was behind.' })
export class ReplicaLag {
  @Field(() => String, { description: 'The name of the replica.' })
  readonly replica!: string;

  @Field(() => HistogramType, {
    description: 'From the commit of a write at the leader to its apply here, in ms.',
  })
  readonly histogram!: HistogramType;

  @Field(() => BigIntegerScalar, {
    description: 'Writes not applied here when the world had settled, at least 0.',
  })
  readonly unapplied!: number;
}

@PlainType('TimelineEvent', { description: 'Something that happened in the simulated world.' })
export class TimelineEventType implements TimelineEvent {
  @Field(() => Int, { description: 'The repetition, from 0.' })
  readonly repetition!: number;

  @Field(() => FiniteFloat, { description: 'When, in simulated ms.' })
  readonly atMs!: number;

  @Field(() => TimelineKindType, { description: 'What happened.' })
  readonly kind!: TimelineEvent['kind'];

  @Field(() => String, {
    nullable: true,
    description: 'The one node it happened to, or that did it; null if there is none or are several.',
  })
  readonly node!: string | null;

  @Field(() => String, { description: 'The same in words.' })
  readonly message!: string;
}

type Cost = Measurements['cost'];

@PlainType('Cost', { description: 'What the runs of a result took in the simulated network.' })
export class CostType implements Cost {
  @Field(() => BigIntegerScalar, { description: 'Messages sent, at least 0.' })
  readonly messages!: number;

  @Field(() => BigIntegerScalar, { description: 'Bytes sent, at least 0.' })
  readonly bytes!: number;

  @Field(() => BigIntegerScalar, { description: 'Events simulated, at least 0.' })
  readonly events!: number;

  @Field(() => BigIntegerScalar, {
    nullable: true,
    description:
      'Bytes of log that the nodes of all runs retained at the end, at least 0; null where the protocol does not tell.',
  })
  readonly logBytes!: number | null;
}

export const AbsenceReasonType = describedEnum<AbsenceReason>('AbsenceReason', 'Why a figure is missing.', {
  NO_RUN_FINISHED: 'No run has ended yet.',
  NO_OPERATIONS: 'No operation arrived in the measured time.',
  NO_RELEVANT_OPERATIONS: 'No operation in which the anomaly could have shown.',
  NO_REPLICATED_WRITES: 'No write had to reach another replica.',
  NO_ACKNOWLEDGED_WRITES: 'No write was acknowledged.',
  NOTHING_APPLIED: 'Writes were made and none was applied.',
  NO_RUN_CONVERGED: 'In no run did the replicas come to hold the same.',
  NO_READS: 'No read of the measured time was answered OK.',
  NO_READS_AFTER_WRITES: 'No read was sent to a key of which a write had been acknowledged.',
  BEFORE_FIRST_DELAY:
    'Already the reads soonest after an acknowledgement saw the write more probably than that.',
  BEYOND_LAST_DELAY: 'Even the reads latest after an acknowledgement saw the write less probably than that.',
  NO_FAULTS: 'No fault took anything away from the clients.',
  NOT_RECOVERED: 'There were faults, and no write was acknowledged after them.',
  NO_FAILOVERS: 'No node took over the lead from another.',
  NO_DUAL_LEADERS: 'There never were two leaders of a shard at once.',
  NO_FOLLOWER_RECOVERIES: 'No follower that had been down came back.',
  NOT_TOLD_BY_PROTOCOL: 'The protocol does not tell.',
});

@PlainType('AbsentValue', { description: 'A figure that a result lacks.' })
export class AbsentValue implements AbsentReason {
  @Field(() => String, {
    description: 'The field that is null or has no sample, such as `anomalies.STALE_READ.rate`.',
  })
  readonly field!: string;

  @Field(() => AbsenceReasonType, { description: 'Why.' })
  readonly reason!: AbsenceReason;
}
