import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ExperimentRecord } from '../../experiments/ports/records';
import type { RequestContext } from '../context';
import { Experiment } from '../types/experiment';
import { ExperimentResultType } from '../types/experiment-result';

/** Reading and merging the measurements of all runs weighs about as much as this many plain fields. */
const RESULT_COST = 50;

@Resolver(() => Experiment)
export class ResultResolver {
  @FieldResolver(() => ExperimentResultType, {
    nullable: true,
    description: 'What the runs that have ended measured, merged; null before the first has ended.',
    complexity: ({ childComplexity }) => RESULT_COST + childComplexity,
  })
  async result(
    @Root() experiment: ExperimentRecord,
    @Ctx() { results }: RequestContext,
  ): Promise<ExperimentResultType | null> {
    const result = await results.load(experiment);
    return result === null ? null : new ExperimentResultType(result, experiment.spec);
  }
}
