import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Progress } from '../../experiments/lab';
import type { ExperimentEvent } from '../../experiments/ports/records';
import { parseExperimentId, type ExperimentId } from '../../model/ids';
import type { RequestContext } from '../context';
import { notFound, refuseArgument } from '../errors/request-error';
import { BigIntegerScalar } from '../scalars/big-integer';
import type { Plain } from '../schema/plain-type';
import { ExperimentEventType } from '../types/experiment-event';
import { ProgressType } from '../types/progress';
import { Run, shownRun } from '../types/run';
import { follow } from './follow';

interface Subscribing<Arguments> {
  readonly args: Arguments;
  readonly context: RequestContext;
}

@ArgsType()
class FollowArguments {
  @Field(() => ID, { description: 'The experiment, `exp_…`.' })
  readonly id!: string;
}

@ArgsType()
class EventArguments extends FollowArguments {
  @Field(() => BigIntegerScalar, {
    defaultValue: 0n,
    description: 'The last sequence already seen, at least 0; 0 for all.',
  })
  readonly afterSequence!: bigint;
}

@Resolver(() => ExperimentEventType)
export class ProgressResolver {
  @Subscription(() => ProgressType, {
    description:
      'The current progress, then updates (at most 4 a second), at last the one after which nothing changes; then it completes.',
    subscribe: ({ args, context }: Subscribing<FollowArguments>) =>
      follow((signal) => context.lab.followProgress(experimentId(args.id), signal)),
  })
  experimentProgress(@Args(() => FollowArguments) _: FollowArguments, @Root() progress: Progress): Progress {
    return progress;
  }

  @Subscription(() => ExperimentEventType, {
    description:
      'Every event after a sequence exactly once and in order, those of the past first; completes after the last one. ' +
      'A client that was cut off continues from the last sequence it saw.',
    subscribe: ({ args, context }: Subscribing<EventArguments>) =>
      follow((signal) =>
        context.lab.followEvents(experimentId(args.id), sequenceOf(args.afterSequence), signal),
      ),
  })
  experimentEvents(
    @Args(() => EventArguments) _: EventArguments,
    @Root() event: ExperimentEvent,
  ): ExperimentEvent {
    return event;
  }

  @FieldResolver(() => Run, {
    nullable: true,
    description: 'The run it is about, the first if about several, as it is now; null if about none.',
  })
  async run(@Root() event: ExperimentEvent, @Ctx() { runs }: RequestContext): Promise<Plain<Run> | null> {
    const record = event.run === null ? null : await runs.load(event.run);
    return record === null ? null : shownRun(record);
  }
}

function experimentId(id: string): ExperimentId {
  const parsed = parseExperimentId(id);
  if (parsed === null) throw notFound('id');
  return parsed;
}

/** What the event log's column can hold. */
const SEQUENCE_MAX = 9_223_372_036_854_775_807n;

function sequenceOf(sequence: bigint): bigint {
  if (sequence >= 0n && sequence <= SEQUENCE_MAX) return sequence;
  throw refuseArgument('afterSequence', `It must be from 0 to ${SEQUENCE_MAX}; got ${sequence}.`);
}
