export const EXPERIMENT_STATUSES = [
  'QUEUED',
  'RUNNING',
  'PAUSED',
  'CANCELLING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
] as const;
export type ExperimentStatus = (typeof EXPERIMENT_STATUSES)[number];

/** A run is never paused: it waits, or it ends first. */
export const RUN_STATUSES = ['QUEUED', 'RUNNING', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

const TERMINAL: ReadonlySet<ExperimentStatus> = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED']);

/** Whether nothing will change any more. */
export function isTerminal(status: ExperimentStatus): boolean {
  return TERMINAL.has(status);
}
