import { Field, ObjectType } from 'type-graphql';
import type { Outcome } from '../../experiments/lab';
import type { ClusterRecord, ExperimentRecord } from '../../experiments/ports/records';
import type { Warning } from '../../model/problem';
import { Cluster } from './cluster';
import { Experiment } from './experiment';
import { userErrorOf, UserError, WarningType } from './problems';
import { PlainType, type Plain } from '../schema/plain-type';

/** What every creating mutation answers beside the thing itself. */
@ObjectType()
abstract class CreationPayload {
  @Field(() => Boolean, {
    description: 'Whether the idempotency key was used before with the same input: nothing new was made.',
  })
  readonly replayed!: boolean;

  @Field(() => [WarningType], { description: 'What is allowed and may surprise.' })
  readonly warnings!: readonly Warning[];

  @Field(() => [UserError], {
    description: 'Everything that is wrong with the input; empty when it was accepted.',
  })
  readonly userErrors!: readonly Plain<UserError>[];
}

@PlainType('CreateClusterPayload', { description: 'The answer to `createCluster`.' })
export class CreateClusterPayload extends CreationPayload {
  @Field(() => Cluster, { nullable: true, description: 'The stored cluster; null if there are user errors.' })
  readonly cluster!: ClusterRecord | null;
}

@PlainType('SubmitExperimentPayload', { description: 'The answer to `submitExperiment`.' })
export class SubmitExperimentPayload extends CreationPayload {
  @Field(() => Experiment, {
    nullable: true,
    description: 'The accepted experiment; null if there are user errors.',
  })
  readonly experiment!: ExperimentRecord | null;
}

/** What every mutation answers that changes how an experiment goes on. */
@ObjectType()
abstract class ControlPayload {
  @Field(() => Experiment, {
    nullable: true,
    description: 'The experiment as it is now; null if there are user errors.',
  })
  readonly experiment!: ExperimentRecord | null;

  @Field(() => [UserError], { description: 'Why nothing was changed; empty when it was.' })
  readonly userErrors!: readonly Plain<UserError>[];
}

@PlainType('CancelExperimentPayload', { description: 'The answer to `cancelExperiment`.' })
export class CancelExperimentPayload extends ControlPayload {}

@PlainType('PauseExperimentPayload', { description: 'The answer to `pauseExperiment`.' })
export class PauseExperimentPayload extends ControlPayload {}

@PlainType('ResumeExperimentPayload', { description: 'The answer to `resumeExperiment`.' })
export class ResumeExperimentPayload extends ControlPayload {}

interface Payload<Row> {
  readonly record: Row | null;
  readonly replayed: boolean;
  readonly warnings: readonly Warning[];
  readonly userErrors: readonly Plain<UserError>[];
}

/** The parts of a payload that an outcome fills; `record` goes where the payload wants it. */
export function payloadOf<Row>(outcome: Outcome<Row>): Payload<Row> {
  if (outcome.kind === 'REFUSED')
    return { record: null, replayed: false, warnings: [], userErrors: outcome.problems.map(userErrorOf) };
  const { record, replayed, warnings } = outcome;
  return { record, replayed, warnings, userErrors: [] };
}
