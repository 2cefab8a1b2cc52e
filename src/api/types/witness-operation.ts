import { createUnionType, Field, Int } from 'type-graphql';
import type { Operation, OperationKind, Outcome } from '../../model/operation';
import {
  isLogVersion,
  isVectorVersion,
  type LogVersion,
  type TimestampVersion,
  type VectorVersion,
  type Version,
} from '../../model/version';
import { BigIntegerScalar } from '../scalars/big-integer';
import { FiniteFloat } from '../scalars/finite-float';
import { OperationKindType, OutcomeType } from './enums';
import type { WorldNames } from './world-names';
import { PlainType, type Plain } from '../schema/plain-type';

@PlainType('LogVersion', { description: "A write's place in the log of the one leader." })
export class LogVersionType implements LogVersion {
  @Field(() => Int, { description: 'The reign of the leader, from 1; the higher is newer.' })
  readonly epoch!: number;

  @Field(() => BigIntegerScalar, {
    description: 'Its log sequence number, from 1; within an epoch the higher is newer.',
  })
  readonly lsn!: number;
}

@PlainType('TimestampVersion', { description: 'What the clock of the node that accepted the write showed.' })
export class TimestampVersionType implements TimestampVersion {
  @Field(() => FiniteFloat, { description: 'The clock, in ms; the higher is newer.' })
  readonly timestampMs!: number;

  @Field(() => Int, { description: 'The index of the node, from 0; of equal times the higher is newer.' })
  readonly node!: number;

  @Field(() => Int, { description: 'The id of the write; of equal times and nodes the higher is newer.' })
  readonly operation!: number;
}

@PlainType('VectorVersion', {
  description:
    'How many writes of the key the write has seen, its own included, by the node that accepted them.',
})
export class VectorVersionType implements VectorVersion {
  @Field(() => [Int], {
    description:
      'By the index of the node, each at least 0; newer is what has at least as many everywhere, and more somewhere.',
  })
  readonly vector!: readonly number[];
}

/** A union, so that versions of other protocols can join it without a break. */
export const VersionType = createUnionType({
  name: 'Version',
  description: 'A place in the order of the writes of a key, as the protocol gives it.',
  types: () => [LogVersionType, TimestampVersionType, VectorVersionType] as const,
  resolveType: (version: Version) => {
    if (isLogVersion(version)) return LogVersionType;
    return isVectorVersion(version) ? VectorVersionType : TimestampVersionType;
  },
});

type Shown = Omit<Operation, 'client' | 'node'>;

@PlainType('WitnessOperation', {
  description: 'An operation of a client. Times are simulated ms; negative ones lie in the warm-up.',
})
export class WitnessOperation implements Shown {
  @Field(() => Int, { description: 'Unique in its run, in the order of arrival.' })
  readonly id!: number;

  @Field(() => OperationKindType, { description: 'What was asked for.' })
  readonly kind!: OperationKind;

  @Field(() => Int, { description: 'The session that asked, from 0.' })
  readonly session!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Where the session is; null in a cluster without datacenters.',
  })
  readonly datacenter!: string | null;

  @Field(() => Int, { description: 'The index of the key, from 0.' })
  readonly key!: number;

  @Field(() => FiniteFloat, {
    description: 'When it came to its session, in ms; its latency counts from here.',
  })
  readonly arrivedAtMs!: number;

  @Field(() => FiniteFloat, { description: 'When the session, free at last, sent it, in ms.' })
  readonly invokedAtMs!: number;

  @Field(() => FiniteFloat, { description: 'When it ended, in ms.' })
  readonly completedAtMs!: number;

  @Field(() => OutcomeType, { description: 'How it ended.' })
  readonly outcome!: Outcome;

  @Field(() => VersionType, {
    nullable: true,
    description:
      'The version that was read, null for an absent key; or that was written, null while unknown.',
  })
  readonly version!: Version | null;

  @Field(() => String, { nullable: true, description: 'The node that answered; null without an answer.' })
  readonly node!: string | null;
}

/** An operation with the names behind its indexes. */
export function shownOperation(
  { client, node, ...rest }: Operation,
  names: WorldNames,
): Plain<WitnessOperation> {
  return {
    ...rest,
    datacenter: names.clientDatacenters[client] ?? null,
    node: node === null ? null : (names.nodes[node] ?? null),
  };
}
