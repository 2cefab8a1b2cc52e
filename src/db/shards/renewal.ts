import type { Claim } from '../../experiments/ports/records';
import type { ShardProgress } from '../../experiments/ports/stores';
import { CHANGES_CHANNEL } from '../change-feed';
import type { Sql } from '../connection';

/** Progress never falls, and a shard that starts again keeps what it had shown. */
const RENEW = `
  WITH renewed AS (
    UPDATE "Shard" SET "leaseUntil" = statement_timestamp() + make_interval(secs => $3::float8 / 1000),
      "fractionMillionths" = greatest("fractionMillionths", $4), "simulatedOperations" = $5
    WHERE "id" = $1 AND "leaseEpoch" = $2 AND "status" = 'RUNNING'
    RETURNING "experimentId"
  )
  SELECT pg_notify('${CHANGES_CHANNEL}', "experimentId") FROM renewed`;

/** One statement without the experiment's lock: progress is state, not log. False: the lease is lost. */
export async function renewLease(
  sql: Sql,
  claim: Claim,
  { leaseMs, progress }: { readonly leaseMs: number; readonly progress: ShardProgress },
): Promise<boolean> {
  const { rowCount } = await sql.query(RENEW, [
    claim.shardId,
    claim.leaseEpoch,
    leaseMs,
    millionths(progress.fraction),
    progress.simulatedOperations,
  ]);
  return rowCount === 1;
}

function millionths(fraction: number): number {
  return Math.floor(Math.min(Math.max(fraction, 0), 1) * 1_000_000);
}
