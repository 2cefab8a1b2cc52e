import { Arg, Args, Field, Int } from 'type-graphql';
import type { Availability } from '../../experiments/result/availability';
import type { AbsentReason } from '../../experiments/result/absence-reason';
import type { KStalenessEntry } from '../../experiments/result/k-staleness-report';
import type { OperationCounts } from '../../experiments/result/operation-counts';
import type { SeriesInterval } from '../../experiments/result/series-report';
import type { TVisibilityPoint } from '../../experiments/result/t-visibility-curve';
import { SERIES_INTERVALS } from '../../model/interval-columns';
import { listed } from '../../model/nearest-name';
import type { Measurements, TimelineEvent } from '../../model/measurements';
import { refuseArgument } from '../errors/request-error';
import { BigIntegerScalar } from '../scalars/big-integer';
import { FiniteFloat } from '../scalars/finite-float';
import { AnomalyType } from './anomaly';
import { AvailabilityType, OperationCountsType } from './availability';
import { LatencyArguments, OperationArguments } from './operation-arguments';
import { HistogramType } from './histogram';
import { ReplicationFields } from './replication-fields';
import { AbsentValue, CostType, ReplicaLag, TimelineEventType } from './result-parts';
import { SeriesIntervalType } from './series';
import { KStalenessType, TVisibilityPointType } from './staleness';
import { worldNames } from './world-names';
import { PlainType, type Plain } from '../schema/plain-type';

const POINTS = 20;
const POINTS_MAX = 1000;

@PlainType('ExperimentResult', {
  description:
    'What the finished runs measured, merged. Until the experiment has ended it is partial: see `runCount`.',
})
export class ExperimentResultType extends ReplicationFields {
  @Field(() => Int, { description: 'How many runs it holds, at least 1.' })
  get runCount(): number {
    return this.result.runs;
  }

  @Field(() => OperationCountsType, { description: 'How many operations ended how.' })
  operations(@Args(() => OperationArguments) { kind, datacenter }: OperationArguments): OperationCounts {
    return this.result.operations({ kind: kind ?? undefined, datacenter: this.known(datacenter) });
  }

  @Field(() => HistogramType, {
    description:
      'From the commit of a write at the leader to its apply at a replica, in ms; all replicas together.',
  })
  get replicationLag(): HistogramType {
    return new HistogramType(this.result.replicationLag);
  }

  @Field(() => [ReplicaLag], { description: 'The same for each replica.' })
  get replicationLagByReplica(): readonly Plain<ReplicaLag>[] {
    return this.result.replicationLagByReplica.map(({ replica, lag, unapplied }) => ({
      replica,
      histogram: new HistogramType(lag),
      unapplied,
    }));
  }

  @Field(() => BigIntegerScalar, {
    description:
      'Writes not applied when the world had settled, once for each replica that lacks them; at least 0.',
  })
  get unapplied(): number {
    return this.result.unapplied;
  }

  @Field(() => HistogramType, {
    description: 'From the acknowledgement of a write to its apply at the last replica, in ms.',
  })
  get visibilityLag(): HistogramType {
    return new HistogramType(this.result.visibilityLag);
  }

  @Field(() => HistogramType, {
    description: 'From the arrival of an operation at its session to its end, in ms.',
  })
  operationLatency(
    @Args(() => LatencyArguments) { kind, datacenter, outcome }: LatencyArguments,
  ): HistogramType {
    return new HistogramType(
      this.result.operationLatency({ kind, datacenter: this.known(datacenter), outcome }),
    );
  }

  @Field(() => [TVisibilityPointType], {
    description:
      'How probably a read sees the newest acknowledged write of its key, by the time since that acknowledgement ' +
      '(t-visibility): a point for each delay of a probe, otherwise for stretches of time. Empty when no key that had been written was read.',
    complexity: ({ args, childComplexity }) => 1 + pointsAsked(args) * childComplexity,
  })
  tVisibility(
    @Arg('count', () => Int, {
      defaultValue: POINTS,
      description: `At most how many stretches, 1 … ${POINTS_MAX}; a probe gives all its delays.`,
    })
    count: number,
  ): readonly TVisibilityPoint[] {
    if (count < 1 || count > POINTS_MAX)
      throw refuseArgument('count', `It must be a whole number from 1 to ${POINTS_MAX}; got ${count}.`);
    return this.result.tVisibility(count);
  }

  @Field(() => FiniteFloat, {
    nullable: true,
    description:
      'How long after an acknowledgement a read sees the write with that probability, in simulated ms: log(1 − p) is ' +
      'interpolated between the points around it. Null outside of what was measured; `absent` says why for 0.99 and 0.999.',
  })
  tVisibilityMs(
    @Arg('probability', () => FiniteFloat, { description: 'Above 0 and below 1: 0.999 for 99.9 %.' })
    probability: number,
  ): number | null {
    if (!(probability > 0 && probability < 1))
      throw refuseArgument('probability', `It must be above 0 and below 1; got ${probability}.`);
    return this.result.tVisibilityMs(probability);
  }

  @Field(() => [KStalenessType], {
    description:
      'Reads by how many acknowledged versions they were behind, from 0 without gaps; empty when nothing was read.',
  })
  get kStaleness(): readonly KStalenessEntry[] {
    return this.result.kStaleness;
  }

  @Field(() => [SeriesIntervalType], {
    description: `How the runs went on: ${SERIES_INTERVALS} equal intervals of the measured duration.`,
    complexity: ({ childComplexity }) => 1 + 2 * childComplexity,
  })
  series(
    @Args(() => OperationArguments) { kind, datacenter }: OperationArguments,
  ): readonly SeriesInterval[] {
    return this.result.series(this.spec.workload.durationMs, {
      kind: kind ?? undefined,
      datacenter: this.known(datacenter),
    });
  }

  @Field(() => HistogramType, {
    description:
      'From each fault in the measured duration to the first acknowledgement of a write after it, in ms.',
  })
  get recoveryTime(): HistogramType {
    return new HistogramType(this.result.recoveryTime);
  }

  @Field(() => BigIntegerScalar, {
    description: 'Faults after which no write was acknowledged any more, at least 0.',
  })
  get unrecovered(): number {
    return this.result.unrecovered;
  }

  @Field(() => [AnomalyType], {
    description:
      'What went wrong with the data, or was seen by clients and should not have been; also what never showed.',
  })
  get anomalies(): readonly AnomalyType[] {
    const names = worldNames(this.spec);
    return this.result.anomalies.map((report) => new AnomalyType(report, names));
  }

  @Field(() => BigIntegerScalar, {
    description:
      'How often two concurrent writes of a key met at a replica, at least 0: a pair counts at each where it met.',
  })
  get reconciliations(): number {
    return this.result.reconciliations;
  }

  @Field(() => AvailabilityType, { description: 'How far clients got answers.' })
  get availability(): Availability {
    return this.result.availability;
  }

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the replicas held the same at the end of every run.',
  })
  get converged(): boolean | null {
    return this.result.converged;
  }

  @Field(() => Int, { description: 'Runs at whose end the replicas held the same, 0 … `runCount`.' })
  get convergedRuns(): number {
    return this.result.convergedRuns;
  }

  @Field(() => Int, {
    description:
      'Runs that ended before their time because their `eventBudget` was used up, 0 … `runCount`: everything here ' +
      'holds what they had until then.',
  })
  get truncatedRuns(): number {
    return this.result.truncatedRuns;
  }

  @Field(() => HistogramType, {
    description: 'From the last fault or write of a run until its replicas held the same, in ms.',
  })
  get convergenceTime(): HistogramType {
    return new HistogramType(this.result.convergenceTime);
  }

  @Field(() => [TimelineEventType], {
    description: 'What happened in the first repetitions, at most 100 events.',
  })
  get timeline(): readonly TimelineEvent[] {
    return this.result.timeline;
  }

  @Field(() => CostType, { description: 'What the runs took.' })
  get cost(): Measurements['cost'] {
    return this.result.cost;
  }

  @Field(() => [AbsentValue], { description: 'Every figure that is null or has no sample, with the reason.' })
  get absent(): readonly AbsentReason[] {
    return this.result.absentReasons;
  }

  private known(datacenter: string | null = null): string | undefined {
    if (datacenter === null) return undefined;
    const names = this.spec.cluster.datacenters.map(({ name }) => name);
    if (names.includes(datacenter)) return datacenter;
    const choice = names.length === 0 ? 'the cluster has no datacenters' : `known are ${listed(names)}`;
    throw refuseArgument('datacenter', `There is no such datacenter; ${choice}.`);
  }
}

/** Points cost little: they are counted as a fiftieth each. */
function pointsAsked(args: { readonly count?: number }): number {
  return Math.max(0, args.count ?? POINTS) / 50;
}
