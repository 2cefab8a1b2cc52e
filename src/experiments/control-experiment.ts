import { parseExperimentId, type ExperimentId } from '../model/ids';
import { Problems, type ProblemCode } from '../model/problem';
import { Fields } from '../model/spec/fields';
import type { ExperimentStatus } from '../model/status';
import type { Outcome } from './lab';
import type { ExperimentRecord } from './ports/records';
import type { Control } from './ports/stores';

const ID_CHARACTERS_MAX = 100;

/** Why a status does not allow what was asked for. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly message: string;
}

/** Asks the store for a change of the experiment that `input.id` names, and says in words why it is refused. */
export async function controlExperiment(
  input: object,
  change: (id: ExperimentId) => Promise<Control>,
  refusalOf: (status: ExperimentStatus) => Refusal,
): Promise<Outcome<ExperimentRecord>> {
  const problems = Problems.none();
  const fields = new Fields(input, problems);
  const id = parseExperimentId(fields.requiredText('id', ID_CHARACTERS_MAX));
  fields.end();
  if (problems.count > 0) return { kind: 'REFUSED', problems: problems.all };
  const control: Control = id === null ? { kind: 'NOT_FOUND' } : await change(id);
  if (control.kind === 'DONE') return { kind: 'DONE', record: control.record, replayed: false, warnings: [] };
  const { code, message } = control.kind === 'NOT_FOUND' ? UNKNOWN : refusalOf(control.status);
  problems.at('id').add(code, message);
  return { kind: 'REFUSED', problems: problems.all };
}

const UNKNOWN: Refusal = {
  code: 'NOT_FOUND',
  message: 'There is no such experiment: give the id of one you submitted.',
};

/** Of an experiment that has ended. */
export function alreadyTerminal(status: ExperimentStatus): Refusal {
  return {
    code: 'ALREADY_TERMINAL',
    message: `It is ${status} already: nothing about it changes any more. Submit it anew to run it again.`,
  };
}
