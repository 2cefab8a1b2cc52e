import { isTerminal, type ExperimentStatus } from '../model/status';
import type { Afterwards } from './afterwards';
import { alreadyTerminal, controlExperiment, type Refusal } from './control-experiment';
import type { Outcome } from './lab';
import type { ExperimentRecord } from './ports/records';
import type { Report } from './ports/report';
import type { Control, ExperimentStore } from './ports/stores';
import type { WorkQueue } from './ports/work-queue';
import { wakeWorkers } from './wake-workers';

export interface ResumeExperiment {
  readonly experiments: Pick<ExperimentStore, 'resume'>;
  readonly queue: WorkQueue;
  readonly report: Report;
  readonly afterwards: Afterwards;
}

/** Lets a paused experiment go on: its waiting runs get jobs right after the answer. */
export async function resumeExperiment(
  ports: ResumeExperiment,
  input: object,
): Promise<Outcome<ExperimentRecord>> {
  const resume = async (id: Parameters<ExperimentStore['resume']>[0]): Promise<Control> => {
    const control = await ports.experiments.resume(id);
    if (control.kind === 'DONE') ports.afterwards.run(() => wakeWorkers(ports, control.jobs));
    return control;
  };
  return controlExperiment(input, resume, refusalOf);
}

function refusalOf(status: ExperimentStatus): Refusal {
  if (isTerminal(status)) return alreadyTerminal(status);
  return { code: 'NOT_PAUSED', message: `It is ${status}; only a PAUSED experiment can be resumed.` };
}
