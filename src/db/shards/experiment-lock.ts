import type { ExperimentId, ShardId } from '../../model/ids';
import type { ExperimentStatus } from '../../model/status';
import type { Sql } from '../connection';

/** What a change of a shard must know of its experiment, whose row this transaction has locked. */
export interface LockedExperiment {
  readonly id: ExperimentId;
  readonly status: ExperimentStatus;
  readonly seed: bigint;
  readonly repetitions: number;
  readonly runCount: number;
  readonly completedRuns: number;
  readonly failedRuns: number;
  readonly engineVersion: string;
  readonly lastSequence: bigint;
}

/** `pg` gives wide numbers as text. */
type LockedRow = Omit<LockedExperiment, 'seed' | 'lastSequence'> & {
  readonly seed: string;
  readonly lastSequence: string;
};

const LOCK = `
  SELECT e."id", e."status", e."seed", e."repetitions", e."runCount", e."completedRuns", e."failedRuns",
    e."engineVersion", e."lastSequence"
  FROM "Shard" s JOIN "Experiment" e ON e."id" = s."experimentId"`;

/** Until the transaction ends, nothing else happens to the experiment of that shard. */
export async function lockExperiment(sql: Sql, shardId: ShardId): Promise<LockedExperiment | null> {
  return lock(sql, `${LOCK} WHERE s."id" = $1 FOR NO KEY UPDATE OF e`, shardId);
}

/** The same, or null at once if the shard is somebody else's or has ended: a job delivered twice waits for nobody. */
export async function lockExperimentOfClaimable(
  sql: Sql,
  shardId: ShardId,
): Promise<LockedExperiment | null> {
  const claimable = `(s."status" = 'QUEUED' OR s."status" = 'RUNNING' AND s."leaseUntil" < statement_timestamp())`;
  return lock(sql, `${LOCK} WHERE s."id" = $1 AND ${claimable} FOR NO KEY UPDATE OF e`, shardId);
}

async function lock(sql: Sql, statement: string, shardId: ShardId): Promise<LockedExperiment | null> {
  const { rows } = await sql.query<LockedRow>(statement, [shardId]);
  const [row] = rows;
  if (row === undefined) return null;
  return { ...row, seed: BigInt(row.seed), lastSequence: BigInt(row.lastSequence) };
}
