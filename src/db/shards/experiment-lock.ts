import type { ExperimentId, ShardId } from '../../model/ids';
import type { ExperimentStatus } from '../../model/status';
import type { Sql } from '../connection';

/** What a change of an experiment or its shards must know of it; this transaction has locked its row. */
export interface LockedExperiment {
  readonly id: ExperimentId;
  readonly status: ExperimentStatus;
  readonly seed: bigint;
  readonly repetitions: number;
  readonly runCount: number;
  readonly completedRuns: number;
  readonly failedRuns: number;
  readonly cancelledRuns: number;
  readonly engineVersion: string;
  readonly lastSequence: bigint;
  /** Whether a run of it ever started. */
  readonly hasStarted: boolean;
}

/** `pg` gives wide numbers as text. */
type LockedRow = Omit<LockedExperiment, 'seed' | 'lastSequence'> & {
  readonly seed: string;
  readonly lastSequence: string;
};

const LOCKED_COLUMNS = `
  SELECT e."id", e."status", e."seed", e."repetitions", e."runCount", e."completedRuns", e."failedRuns",
    e."cancelledRuns", e."engineVersion", e."lastSequence", e."startedAt" IS NOT NULL AS "hasStarted"`;
const OF_SHARD = `${LOCKED_COLUMNS} FROM "Shard" s JOIN "Experiment" e ON e."id" = s."experimentId"`;

/** Until the transaction ends, nothing else happens to the experiment. */
export async function lockExperiment(sql: Sql, id: ExperimentId): Promise<LockedExperiment | null> {
  return lock(sql, `${LOCKED_COLUMNS} FROM "Experiment" e WHERE e."id" = $1 FOR NO KEY UPDATE OF e`, id);
}

/** The same for the experiment of a shard. */
export async function lockExperimentOf(sql: Sql, shardId: ShardId): Promise<LockedExperiment | null> {
  return lock(sql, `${OF_SHARD} WHERE s."id" = $1 FOR NO KEY UPDATE OF e`, shardId);
}

/** The same, or null at once if the shard is somebody else's or has ended: a job delivered twice waits for nobody. */
export async function lockExperimentOfClaimable(
  sql: Sql,
  shardId: ShardId,
): Promise<LockedExperiment | null> {
  const claimable = `(s."status" = 'QUEUED' OR s."status" = 'RUNNING' AND s."leaseUntil" < statement_timestamp())`;
  return lock(sql, `${OF_SHARD} WHERE s."id" = $1 AND ${claimable} FOR NO KEY UPDATE OF e`, shardId);
}

async function lock(
  sql: Sql,
  statement: string,
  id: ExperimentId | ShardId,
): Promise<LockedExperiment | null> {
  const { rows } = await sql.query<LockedRow>(statement, [id]);
  const [row] = rows;
  if (row === undefined) return null;
  return { ...row, seed: BigInt(row.seed), lastSequence: BigInt(row.lastSequence) };
}
