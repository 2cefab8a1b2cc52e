import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { ClusterRecord, ExperimentRecord } from '../../experiments/ports/records';
import { parseClusterId, parseExperimentId, parseRunId } from '../../model/ids';
import type { RequestContext } from '../context';
import { notFound } from '../errors/request-error';
import type { Plain } from '../schema/plain-type';
import { Node } from '../types/node';
import { shownRun, type Run } from '../types/run';

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: 'Whatever has this id; an error `NOT_FOUND` if nothing has.',
  })
  async node(
    @Arg('id', () => ID, { description: 'Its id, `clu_…`, `exp_…` or `run_…`.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ClusterRecord | ExperimentRecord | Plain<Run>> {
    const found = await find(id, context);
    if (found === null) throw notFound('id');
    return found;
  }
}

async function find(
  id: string,
  context: RequestContext,
): Promise<ClusterRecord | ExperimentRecord | Plain<Run> | null> {
  const clusterId = parseClusterId(id);
  if (clusterId !== null) return context.clusters.load(clusterId);
  const experimentId = parseExperimentId(id);
  if (experimentId !== null) return context.experiments.load(experimentId);
  const run = parseRunId(id);
  const record = run === null ? null : await context.runs.load(run);
  return record === null ? null : shownRun(record);
}
