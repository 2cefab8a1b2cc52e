import type { EventKind } from '../../experiments/ports/records';
import type { Sql } from '../connection';
import { eventOfExperiment, eventOfRuns, writeExperiment, type ShardRuns } from './event-log';
import type { LockedExperiment } from './experiment-lock';

/** What happened to a shard: one event, which says of how many runs it tells. */
export interface ShardChange {
  readonly kind: Extract<EventKind, `RUN_${string}`>;
  readonly runs: ShardRuns;
  /** Follows "Run 3 of 10" in the event's message. */
  readonly tells: string;
}

/**
 * Writes what a shard's change means for its experiment: the first start makes it RUNNING, the last end makes it
 * what `endOf` says. Returns the experiment as it is now, still locked.
 */
export async function recordChange(
  sql: Sql,
  before: LockedExperiment,
  change: ShardChange,
): Promise<LockedExperiment> {
  const starts = before.status === 'QUEUED' && change.kind === 'RUN_STARTED';
  const counted = withRunsEnded(before, change.kind, change.runs.runCount);
  const ends = counted.completedRuns === counted.runCount;
  const status = ends ? endOf(counted) : starts ? 'RUNNING' : before.status;
  return writeExperiment(sql, { ...counted, status, hasStarted: before.hasStarted || starts }, [
    ...(starts ? [eventOfExperiment('STARTED', 'Started.')] : []),
    eventOfRuns(before, change),
    ...(ends ? [eventOfExperiment(endOf(counted), endMessage(counted))] : []),
  ]);
}

/** The same experiment with so many runs more that ended in this way, if it is one. */
export function withRunsEnded(
  experiment: LockedExperiment,
  kind: ShardChange['kind'],
  count: number,
): LockedExperiment {
  const failed = kind === 'RUN_FAILED' ? count : 0;
  const cancelled = kind === 'RUN_CANCELLED' ? count : 0;
  const succeeded = kind === 'RUN_SUCCEEDED' ? count : 0;
  return {
    ...experiment,
    completedRuns: experiment.completedRuns + failed + cancelled + succeeded,
    failedRuns: experiment.failedRuns + failed,
    cancelledRuns: experiment.cancelledRuns + cancelled,
  };
}

/** A cancelled experiment all of whose runs succeeded all the same has lost nothing, and says so. */
export function endOf({
  status,
  failedRuns,
  cancelledRuns,
}: LockedExperiment): 'SUCCEEDED' | 'FAILED' | 'CANCELLED' {
  if (failedRuns + cancelledRuns === 0) return 'SUCCEEDED';
  return cancelledRuns > 0 || status === 'CANCELLING' ? 'CANCELLED' : 'FAILED';
}

export function endMessage(experiment: LockedExperiment): string {
  const { runCount, failedRuns, cancelledRuns } = experiment;
  const end = endOf(experiment);
  if (end === 'FAILED') return `Failed: ${failedRuns} of ${runCount} runs failed.`;
  if (end === 'CANCELLED')
    return `Cancelled: ${runCount - failedRuns - cancelledRuns} of ${runCount} runs have a result.`;
  return runCount === 1 ? 'Succeeded: its run has ended.' : `Succeeded: all ${runCount} runs have ended.`;
}
