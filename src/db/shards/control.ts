import type { ExperimentId } from '../../model/ids';
import { isTerminal } from '../../model/status';
import type { Control, QueuedJob } from '../../experiments/ports/stores';
import type { Sql } from '../connection';
import { eventOfExperiment, eventOfRuns, writeExperiment, type NewEvent, type ShardRuns } from './event-log';
import { endMessage, endOf, withRunsEnded } from './experiment-change';
import { lockExperiment, type LockedExperiment } from './experiment-lock';

/** Inside a transaction, before the record is read. */
export type Controlled =
  | { readonly kind: 'DONE'; readonly jobs: readonly QueuedJob[] }
  | Exclude<Control, { readonly kind: 'DONE' }>;

interface StoppedRow extends ShardRuns {
  readonly status: 'CANCELLED' | 'CANCELLING';
}

/** Locked in one order, so that this and `nextAttempts`, which takes no experiment's lock, never wait in a ring. */
const STOP = `
  WITH stopping AS MATERIALIZED (
    SELECT "id" FROM "Shard" WHERE "experimentId" = $1 AND "status" IN ('QUEUED', 'RUNNING')
    ORDER BY "id" FOR NO KEY UPDATE
  )
  UPDATE "Shard" s SET
    "status" = (CASE s."status" WHEN 'QUEUED' THEN 'CANCELLED' ELSE 'CANCELLING' END)::"RunStatus",
    "fractionMillionths" = CASE s."status" WHEN 'QUEUED' THEN 1000000 ELSE s."fractionMillionths" END
  FROM stopping WHERE s."id" = stopping."id"
  RETURNING s."status", s."point", s."firstRepetition", s."runCount"`;

const REQUEUE = `
  WITH waiting AS MATERIALIZED (
    SELECT "id" FROM "Shard" WHERE "experimentId" = $1 AND "status" = 'QUEUED' ORDER BY "id" FOR NO KEY UPDATE
  )
  UPDATE "Shard" s SET "attempt" = s."attempt" + 1, "checkedAt" = statement_timestamp()
  FROM waiting WHERE s."id" = waiting."id"
  RETURNING s."id" AS "shardId", s."attempt"`;

/** Inside a transaction: ends what waits, and tells what runs to stop. */
export async function cancelExperiment(sql: Sql, id: ExperimentId): Promise<Controlled> {
  const experiment = await lockExperiment(sql, id);
  if (experiment === null) return { kind: 'NOT_FOUND' };
  if (isTerminal(experiment.status)) return { kind: 'REFUSED', status: experiment.status };
  if (experiment.status === 'CANCELLING') return DONE;
  const { rows } = await sql.query<StoppedRow>(STOP, [id]);
  await recordCancelling(sql, experiment, rows.sort(byRun));
  return DONE;
}

/** Inside a transaction: from now on nothing can be claimed, and renewals tell workers to hand back. */
export async function pauseExperiment(sql: Sql, id: ExperimentId): Promise<Controlled> {
  const experiment = await lockExperiment(sql, id);
  if (experiment === null) return { kind: 'NOT_FOUND' };
  const { status } = experiment;
  if (status !== 'QUEUED' && status !== 'RUNNING') return { kind: 'REFUSED', status };
  await writeExperiment(sql, { ...experiment, status: 'PAUSED' }, [eventOfExperiment('PAUSED', 'Paused.')]);
  return DONE;
}

/** Inside a transaction: its waiting shards may be claimed again, by the jobs given. */
export async function resumeExperiment(sql: Sql, id: ExperimentId): Promise<Controlled> {
  const experiment = await lockExperiment(sql, id);
  if (experiment === null) return { kind: 'NOT_FOUND' };
  if (experiment.status !== 'PAUSED') return { kind: 'REFUSED', status: experiment.status };
  const status = experiment.hasStarted ? 'RUNNING' : 'QUEUED';
  const { rows } = await sql.query<QueuedJob>(REQUEUE, [id]);
  await writeExperiment(sql, { ...experiment, status }, [eventOfExperiment('RESUMED', 'Resumed.')]);
  return { kind: 'DONE', jobs: rows };
}

const DONE: Controlled = { kind: 'DONE', jobs: [] };

function byRun(one: ShardRuns, other: ShardRuns): number {
  return one.point - other.point || one.firstRepetition - other.firstRepetition;
}

async function recordCancelling(
  sql: Sql,
  experiment: LockedExperiment,
  stopped: readonly StoppedRow[],
): Promise<void> {
  const ended = stopped.filter(({ status }) => status === 'CANCELLED');
  const running = runsOf(stopped) - runsOf(ended);
  const counted = withRunsEnded(experiment, 'RUN_CANCELLED', runsOf(ended));
  const runsEnded = ended.map((runs) =>
    eventOfRuns(experiment, { kind: 'RUN_CANCELLED', runs, tells: 'was cancelled.' }),
  );
  const [first, last]: NewEvent[][] =
    running > 0
      ? [[eventOfExperiment('CANCELLING', `Cancelling: ${running} runs under way are being stopped.`)], []]
      : [[], [eventOfExperiment(endOf(counted), endMessage(counted))]];
  const status = running > 0 ? 'CANCELLING' : endOf(counted);
  await writeExperiment(sql, { ...counted, status }, [...first, ...runsEnded, ...last]);
}

function runsOf(shards: readonly ShardRuns[]): number {
  return shards.reduce((sum, { runCount }) => sum + runCount, 0);
}
