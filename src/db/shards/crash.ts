import type { ShardId } from '../../model/ids';
import type { QueuedJob } from '../../experiments/ports/stores';
import type { Sql } from '../connection';
import { recordChange, type ShardRuns } from './experiment-change';
import type { LockedExperiment } from './experiment-lock';

/** What became of a shard whose lease has ended without a word of its owner. */
export type Crash =
  | { readonly kind: 'REQUEUED'; readonly job: QueuedJob; readonly experiment: LockedExperiment }
  | { readonly kind: 'POISONED' };

interface CrashedRow extends ShardRuns {
  readonly status: 'QUEUED' | 'FAILED';
  readonly attempt: number;
  readonly failureReason: string | null;
}

const COUNT_CRASH = `
  UPDATE "Shard" SET
    "status" = (CASE WHEN "crashes" + 1 >= $2::int THEN 'FAILED' ELSE 'QUEUED' END)::"RunStatus",
    "failureReason" = CASE WHEN "crashes" + 1 >= $2::int THEN $3 END,
    "fractionMillionths" = CASE WHEN "crashes" + 1 >= $2::int THEN 1000000 ELSE "fractionMillionths" END,
    "crashes" = "crashes" + 1, "attempt" = "attempt" + 1, "leaseOwner" = NULL, "leaseUntil" = NULL,
    "checkedAt" = statement_timestamp()
  WHERE "id" = $1 AND "status" = 'RUNNING' AND "leaseUntil" < statement_timestamp()
  RETURNING "point", "firstRepetition", "runCount", "status", "attempt", "failureReason"`;

/**
 * The one rule about crashes, for whoever finds the ended lease: back to the queue, or FAILED as poisoned when this
 * was its `crashesMax`-th. Null: the lease has not ended, or somebody else was first. A shard of several runs will
 * have to be halved here, until the poisoned run is alone.
 */
export async function countCrash(
  sql: Sql,
  experiment: LockedExperiment,
  { shardId, crashesMax }: { readonly shardId: ShardId; readonly crashesMax: number },
): Promise<Crash | null> {
  const reason = `POISONED: its worker died ${crashesMax === 1 ? 'once' : `${crashesMax} times`} while running it.`;
  const { rows } = await sql.query<CrashedRow>(COUNT_CRASH, [shardId, crashesMax, reason]);
  const [shard] = rows;
  if (shard === undefined) return null;
  if (shard.failureReason !== null) {
    await recordChange(sql, experiment, { kind: 'RUN_FAILED', runs: shard, tells: `failed: ${reason}` });
    return { kind: 'POISONED' };
  }
  const tells = 'was taken back: its worker gave no sign of life until its lease ended.';
  const after = await recordChange(sql, experiment, { kind: 'RUN_RECLAIMED', runs: shard, tells });
  return { kind: 'REQUEUED', job: { shardId, attempt: shard.attempt }, experiment: after };
}
