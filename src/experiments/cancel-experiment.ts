import { alreadyTerminal, controlExperiment } from './control-experiment';
import type { Outcome } from './lab';
import type { ExperimentRecord } from './ports/records';
import type { ExperimentStore } from './ports/stores';

export interface CancelExperiment {
  readonly experiments: Pick<ExperimentStore, 'cancel'>;
}

/** Stops an experiment for good: what waits at once, what runs within two seconds. Results so far are kept. */
export async function cancelExperiment(
  { experiments }: CancelExperiment,
  input: object,
): Promise<Outcome<ExperimentRecord>> {
  return controlExperiment(input, (id) => experiments.cancel(id), alreadyTerminal);
}
