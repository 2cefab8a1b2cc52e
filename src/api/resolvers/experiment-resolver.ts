import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ClusterRecord, ExperimentRecord } from '../../experiments/ports/records';
import { parseExperimentId } from '../../model/ids';
import type { RequestContext } from '../context';
import { notFound } from '../errors/request-error';
import type { Plain } from '../schema/plain-type';
import { SubmitExperimentInput } from '../inputs/submit-experiment-input';
import { encodeCursor } from '../paging/cursor';
import { listCost, PageArguments, pageRequest } from '../paging/page-arguments';
import { parseRunCursor, runCursor } from '../paging/run-cursor';
import { RawInput } from '../schema/raw-input';
import { Cluster } from '../types/cluster';
import { connectionOf, type Connection } from '../types/connection';
import { Experiment } from '../types/experiment';
import { payloadOf, SubmitExperimentPayload } from '../types/payloads';
import { shownRun, type Run } from '../types/run';
import { ExperimentConnection, RunConnection } from './connections';

@Resolver(() => Experiment)
export class ExperimentResolver {
  @Mutation(() => SubmitExperimentPayload, {
    description: 'Accepts an experiment. Its runs start as soon as workers are free.',
  })
  async submitExperiment(
    @RawInput(() => SubmitExperimentInput) input: object,
    @Ctx() { lab }: RequestContext,
  ): Promise<Plain<SubmitExperimentPayload>> {
    const { record, ...rest } = payloadOf(await lab.submitExperiment(input));
    return { experiment: record, ...rest };
  }

  @Query(() => Experiment, {
    nullable: true,
    description: 'An experiment; an error `NOT_FOUND` if there is none.',
  })
  async experiment(
    @Arg('id', () => ID, { description: 'Its id, `exp_…`.' }) id: string,
    @Ctx() { experiments }: RequestContext,
  ): Promise<ExperimentRecord> {
    const experimentId = parseExperimentId(id);
    const found = experimentId === null ? null : await experiments.load(experimentId);
    if (found === null) throw notFound('id');
    return found;
  }

  @Query(() => ExperimentConnection, { description: 'All experiments, newest first.', complexity: listCost })
  async experiments(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { lab }: RequestContext,
  ): Promise<Connection<ExperimentRecord>> {
    return connectionOf(await lab.experiments(pageRequest(page, parseExperimentId)), {
      cursorOf: ({ id }) => encodeCursor(id),
      show: (record) => record,
      count: () => lab.experimentCount(),
    });
  }

  @FieldResolver(() => String, { description: 'Decides all chance: 0 … 2⁶⁴ − 1 in decimal.' })
  seed(@Root() { seed }: ExperimentRecord): string {
    return seed.toString();
  }

  @FieldResolver(() => Cluster, {
    nullable: true,
    description: 'The stored cluster it was submitted with; null if the cluster came inline (see `spec`).',
  })
  async cluster(
    @Root() { clusterId }: ExperimentRecord,
    @Ctx() { clusters }: RequestContext,
  ): Promise<ClusterRecord | null> {
    return clusterId === null ? null : clusters.load(clusterId);
  }

  @FieldResolver(() => RunConnection, {
    description: 'Its runs, by point and repetition.',
    complexity: listCost,
  })
  async runs(
    @Root() { id, runCount }: ExperimentRecord,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { lab }: RequestContext,
  ): Promise<Connection<Plain<Run>>> {
    return connectionOf(await lab.runs(id, pageRequest(page, parseRunCursor)), {
      cursorOf: runCursor,
      show: shownRun,
      count: () => Promise.resolve(runCount),
    });
  }
}
