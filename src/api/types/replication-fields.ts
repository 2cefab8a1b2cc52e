import { Arg, Field, ObjectType } from 'type-graphql';
import type { ExperimentResult } from '../../experiments/result/experiment-result';
import type { DurationDistribution } from '../../experiments/result/duration-distribution';
import type { LogBytesReport, ReplicaPositionsReport } from '../../experiments/result/positions-report';
import type { ServedReport } from '../../experiments/result/replication-result';
import {
  FAILOVERS_KEPT,
  type FailoverMeasurement,
  type RecoveryPoint,
} from '../../model/failover-measurements';
import { listed } from '../../model/nearest-name';
import { POSITION_NODES_KEPT } from '../../model/position-columns';
import {
  FOLLOWER_RECOVERIES_KEPT,
  type FollowerRecoveryMeasurement,
  type Notices,
} from '../../model/replication-measurements';
import type { ExperimentSpec } from '../../model/spec/experiment';
import { nodesOf } from '../../model/spec/topology';
import { refuseArgument } from '../errors/request-error';
import { BigIntegerScalar } from '../scalars/big-integer';
import type { Plain } from '../schema/plain-type';
import { DualLeadersType, FailoverTimesType, FailoverType, RecoveryPointType } from './failover';
import {
  FollowerRecoveryStepsType,
  FollowerRecoveryType,
  NodeLogBytesType,
  ReplicaPositionsType,
  ServedOperationsType,
} from './followers';
import { HistogramType } from './histogram';
import { NoticesType } from './notice-kinds';

/** As many replicas as a cluster mostly has, for the cost of a document. */
const REPLICAS_ESTIMATED = 5;

/** The fields of a result about leaders and followers. */
@ObjectType({ simpleResolvers: true })
export class ReplicationFields {
  constructor(
    protected readonly result: ExperimentResult,
    protected readonly spec: ExperimentSpec,
  ) {}

  @Field(() => BigIntegerScalar, {
    description: 'How often a node took over the lead from another, in all runs together, at least 0.',
  })
  get failoverCount(): number {
    return this.result.replication.failoverCount;
  }

  @Field(() => [FailoverType], {
    description: `The first changes of the leader by repetition and time, at most ${FAILOVERS_KEPT}. What later ones lost is in \`recoveryPoint\` only.`,
  })
  get failovers(): readonly FailoverMeasurement[] {
    return this.result.replication.failovers;
  }

  @Field(() => FailoverTimesType, { description: 'How long the parts of all of them took, in ms.' })
  get failoverTimes(): Plain<FailoverTimesType> {
    return shown(this.result.replication.failoverTimes);
  }

  @Field(() => RecoveryPointType, { description: 'How much acknowledged work was lost.' })
  get recoveryPoint(): RecoveryPoint {
    return this.result.replication.recoveryPoint;
  }

  @Field(() => DualLeadersType, {
    description: 'The time in which two nodes believed that they lead the same shard.',
  })
  get dualLeaders(): Plain<DualLeadersType> {
    const { durations, ...figures } = this.result.replication.dualLeaders;
    return { durations: new HistogramType(durations), ...figures };
  }

  @Field(() => NoticesType, {
    description:
      'What nodes did by the rules of their protocol: falling back to async, full copies, fencing …',
  })
  get notices(): Notices {
    return this.result.replication.notices;
  }

  @Field(() => [ReplicaPositionsType], {
    description: `How far the followers were over time, by name; of the first ${POSITION_NODES_KEPT} nodes of the cluster. A node is in it as long as it follows.`,
    complexity: ({ args, childComplexity }) => 1 + replicasAsked(args) * childComplexity,
  })
  replicaPositions(
    @Arg('replica', () => String, { nullable: true, description: 'The name of one; all without it.' })
    replica?: string | null,
  ): readonly ReplicaPositionsReport[] {
    const name = this.knownNode('replica', replica ?? null);
    const all = this.result.replication.replicaPositions(this.spec.workload.durationMs);
    return name === null ? all : all.filter((positions) => positions.replica === name);
  }

  @Field(() => [NodeLogBytesType], {
    description: `The log that nodes retained over time, by name; of the first ${POSITION_NODES_KEPT} nodes of the cluster. A slot makes that of the leader grow.`,
    complexity: ({ args, childComplexity }) => 1 + replicasAsked(args) * childComplexity,
  })
  logBytesByNode(
    @Arg('node', () => String, { nullable: true, description: 'The name of one; all without it.' })
    node?: string | null,
  ): readonly LogBytesReport[] {
    const name = this.knownNode('node', node ?? null);
    const all = this.result.replication.logBytesByNode(this.spec.workload.durationMs);
    return name === null ? all : all.filter((log) => log.node === name);
  }

  @Field(() => BigIntegerScalar, {
    description: 'How often a follower that had been down came back, in all runs together, at least 0.',
  })
  get followerRecoveryCount(): number {
    return this.result.replication.followerRecoveryCount;
  }

  @Field(() => [FollowerRecoveryType], {
    description: `The first of these by repetition and time, at most ${FOLLOWER_RECOVERIES_KEPT}.`,
  })
  get followerRecoveries(): readonly FollowerRecoveryMeasurement[] {
    return this.result.replication.followerRecoveries;
  }

  @Field(() => FollowerRecoveryStepsType, {
    description: 'How long the five steps of all of them took, in ms.',
  })
  get followerRecoverySteps(): Plain<FollowerRecoveryStepsType> {
    return shown(this.result.replication.followerRecoverySteps);
  }

  @Field(() => [ServedOperationsType], {
    description:
      'Operations answered OK by the node that answered and by kind: how far a read policy spares the leader.',
  })
  get servedOperations(): readonly ServedReport[] {
    return this.result.replication.servedOperations;
  }

  private knownNode(argument: string, name: string | null): string | null {
    if (name === null) return null;
    const names = nodesOf(this.spec.cluster).map((node) => node.name);
    if (names.includes(name)) return name;
    throw refuseArgument(argument, `There is no such node; known are ${listed(names)}.`);
  }
}

function replicasAsked({ replica, node }: { readonly replica?: unknown; readonly node?: unknown }): number {
  return (replica ?? node ?? null) === null ? REPLICAS_ESTIMATED : 1;
}

function shown<Name extends string>(
  distributions: Readonly<Record<Name, DurationDistribution>>,
): Readonly<Record<Name, HistogramType>> {
  const entries = Object.entries<DurationDistribution>(distributions);
  return Object.fromEntries(entries.map(([name, of]) => [name, new HistogramType(of)])) as Record<
    Name,
    HistogramType
  >;
}
