import type { RunId } from '../model/ids';

/** Of the download of a run's history, on this server. */
export function historyPath(run: RunId): string {
  return `/v1/runs/${run}/history`;
}

/** The same as a pattern of routes. */
export const HISTORY_PATTERN = '/v1/runs/:run/history';
