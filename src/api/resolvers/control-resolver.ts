import { Ctx, Mutation, Resolver } from 'type-graphql';
import type { Outcome } from '../../experiments/lab';
import type { ExperimentRecord } from '../../experiments/ports/records';
import type { RequestContext } from '../context';
import { CancelExperimentInput, PauseExperimentInput, ResumeExperimentInput } from '../inputs/control-inputs';
import type { Plain } from '../schema/plain-type';
import { RawInput } from '../schema/raw-input';
import {
  CancelExperimentPayload,
  PauseExperimentPayload,
  payloadOf,
  ResumeExperimentPayload,
} from '../types/payloads';

/** How the runs of an experiment go on, or do not. */
@Resolver()
export class ControlResolver {
  @Mutation(() => CancelExperimentPayload, {
    description:
      'Stops an experiment for good: waiting runs at once, running ones within 2 s (until then it is CANCELLING). ' +
      'Results it has are kept. To cancel one that is CANCELLING changes nothing.',
  })
  async cancelExperiment(
    @RawInput(() => CancelExperimentInput, 'Which experiment.') input: object,
    @Ctx() { lab }: RequestContext,
  ): Promise<Plain<CancelExperimentPayload>> {
    return controlPayload(await lab.cancelExperiment(input));
  }

  @Mutation(() => PauseExperimentPayload, {
    description:
      'Lets no further run start. Running ones are handed back within 2 s and start again from their beginning ' +
      'after `resumeExperiment`, to the same result.',
  })
  async pauseExperiment(
    @RawInput(() => PauseExperimentInput, 'Which experiment.') input: object,
    @Ctx() { lab }: RequestContext,
  ): Promise<Plain<PauseExperimentPayload>> {
    return controlPayload(await lab.pauseExperiment(input));
  }

  @Mutation(() => ResumeExperimentPayload, { description: 'Lets a paused experiment go on at once.' })
  async resumeExperiment(
    @RawInput(() => ResumeExperimentInput, 'Which experiment.') input: object,
    @Ctx() { lab }: RequestContext,
  ): Promise<Plain<ResumeExperimentPayload>> {
    return controlPayload(await lab.resumeExperiment(input));
  }
}

function controlPayload(outcome: Outcome<ExperimentRecord>): Plain<CancelExperimentPayload> {
  const { record, userErrors } = payloadOf(outcome);
  return { experiment: record, userErrors };
}
