import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { ExperimentRecord } from '../../experiments/ports/records';
import { parseRunId } from '../../model/ids';
import type { RequestContext } from '../context';
import { notFound } from '../errors/request-error';
import type { Plain } from '../schema/plain-type';
import { Experiment } from '../types/experiment';
import { Run, shownRun } from '../types/run';
import { RunHistory, shownHistory } from '../types/run-history';

/** A row of its own for each run that is asked about. */
const HISTORY_COST = 5;

@Resolver(() => Run)
export class RunResolver {
  @Query(() => Run, { nullable: true, description: 'A run; an error `NOT_FOUND` if there is none.' })
  async run(
    @Arg('id', () => ID, { description: 'Its id, `run_…`.' }) id: string,
    @Ctx() { runs }: RequestContext,
  ): Promise<Plain<Run>> {
    const run = parseRunId(id);
    const found = run === null ? null : await runs.load(run);
    if (found === null) throw notFound('id');
    return shownRun(found);
  }

  @FieldResolver(() => Experiment, { description: 'The experiment it belongs to.' })
  async experiment(
    @Root() { record }: Plain<Run>,
    @Ctx() { experiments }: RequestContext,
  ): Promise<ExperimentRecord> {
    const found = await experiments.load(record.experimentId);
    if (found === null) throw notFound('id');
    return found;
  }

  @FieldResolver(() => RunHistory, {
    description: 'What is kept of its operations, and where they can be downloaded.',
    complexity: ({ childComplexity }) => HISTORY_COST + childComplexity,
  })
  async history(@Root() { record }: Plain<Run>, @Ctx() { lab }: RequestContext): Promise<Plain<RunHistory>> {
    return shownHistory(record, await lab.historyState(record));
  }
}
