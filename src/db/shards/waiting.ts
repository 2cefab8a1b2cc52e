import type { QueuedJob, ShardStore } from '../../experiments/ports/stores';
import type { Sql } from '../connection';

type TakeWaitingRequest = Parameters<ShardStore['takeWaiting']>[0];

/** Any number of reconcilers share the work: each skips what another is looking at. Nobody could claim the paused. */
const TAKE_WAITING = `
  WITH waiting AS MATERIALIZED (
    SELECT s."id" FROM "Shard" s JOIN "Experiment" e ON e."id" = s."experimentId"
    WHERE s."status" = 'QUEUED' AND e."status" IN ('QUEUED', 'RUNNING')
      AND s."checkedAt" <= statement_timestamp() - make_interval(secs => $1::float8 / 1000)
    ORDER BY s."checkedAt" LIMIT $2 FOR NO KEY UPDATE OF s SKIP LOCKED
  )
  UPDATE "Shard" s SET "checkedAt" = statement_timestamp()
  FROM waiting WHERE s."id" = waiting."id"
  RETURNING s."id" AS "shardId", s."attempt"`;

/** Only for shards that wait in that very attempt; locked in one order, so that two callers never wait in a ring. */
const NEXT_ATTEMPTS = `
  WITH waiting AS MATERIALIZED (
    SELECT s."id" FROM "Shard" s JOIN unnest($1::text[], $2::int[]) AS job (id, attempt) ON job.id = s."id"
    WHERE s."status" = 'QUEUED' AND s."attempt" = job.attempt
    ORDER BY s."id" FOR NO KEY UPDATE OF s
  )
  UPDATE "Shard" s SET "attempt" = s."attempt" + 1, "checkedAt" = statement_timestamp()
  FROM waiting WHERE s."id" = waiting."id"
  RETURNING s."id" AS "shardId", s."attempt"`;

/** Waiting shards, those looked at longest ago first, now marked as looked at. */
export async function takeWaiting(sql: Sql, request: TakeWaitingRequest): Promise<readonly QueuedJob[]> {
  const { rows } = await sql.query<QueuedJob>(TAKE_WAITING, [request.notCheckedForMs, request.limit]);
  return rows;
}

/** The jobs to enqueue; those that somebody started or gave another attempt meanwhile are left out. */
export async function nextAttempts(sql: Sql, jobs: readonly QueuedJob[]): Promise<readonly QueuedJob[]> {
  const { rows } = await sql.query<QueuedJob>(NEXT_ATTEMPTS, [
    jobs.map(({ shardId }) => shardId),
    jobs.map(({ attempt }) => attempt),
  ]);
  return rows;
}
