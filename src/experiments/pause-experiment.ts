import { isTerminal, type ExperimentStatus } from '../model/status';
import { alreadyTerminal, controlExperiment, type Refusal } from './control-experiment';
import type { Outcome } from './lab';
import type { ExperimentRecord } from './ports/records';
import type { ExperimentStore } from './ports/stores';

export interface PauseExperiment {
  readonly experiments: Pick<ExperimentStore, 'pause'>;
}

/** Lets no further run start; those that run are handed back within two seconds and later start again. */
export async function pauseExperiment(
  { experiments }: PauseExperiment,
  input: object,
): Promise<Outcome<ExperimentRecord>> {
  return controlExperiment(input, (id) => experiments.pause(id), refusalOf);
}

function refusalOf(status: ExperimentStatus): Refusal {
  if (isTerminal(status)) return alreadyTerminal(status);
  if (status === 'PAUSED') return { code: 'ALREADY_PAUSED', message: 'It is PAUSED already.' };
  return {
    code: 'ALREADY_TERMINAL',
    message: `It is ${status}: it is being stopped for good, and nothing is left to pause.`,
  };
}
