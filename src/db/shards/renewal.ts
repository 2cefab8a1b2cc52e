import type { Claim } from '../../experiments/ports/records';
import type { ExperimentStatus, RunStatus } from '../../model/status';
import type { LeaseState, ShardProgress } from '../../experiments/ports/stores';
import { CHANGES_CHANNEL } from '../change-feed';
import type { Sql } from '../connection';

/** Progress never falls, and a shard that starts again keeps what it had shown. */
const RENEW = `
  WITH renewed AS (
    UPDATE "Shard" SET "leaseUntil" = statement_timestamp() + make_interval(secs => $3::float8 / 1000),
      "fractionMillionths" = greatest("fractionMillionths", $4), "simulatedOperations" = $5
    WHERE "id" = $1 AND "leaseEpoch" = $2 AND "status" IN ('RUNNING', 'CANCELLING')
    RETURNING "experimentId", "status"
  )
  SELECT pg_notify('${CHANGES_CHANNEL}', e."id"), renewed."status" AS "shard", e."status" AS "experiment"
  FROM renewed JOIN "Experiment" e ON e."id" = renewed."experimentId"`;

interface RenewedRow {
  readonly shard: RunStatus;
  readonly experiment: ExperimentStatus;
}

/** One statement without the experiment's lock: progress is state, not log. */
export async function renewLease(
  sql: Sql,
  claim: Claim,
  { leaseMs, progress }: { readonly leaseMs: number; readonly progress: ShardProgress },
): Promise<LeaseState> {
  const { rows } = await sql.query<RenewedRow>(RENEW, [
    claim.shardId,
    claim.leaseEpoch,
    leaseMs,
    millionths(progress.fraction),
    progress.simulatedOperations,
  ]);
  const [row] = rows;
  if (row === undefined) return 'LOST';
  if (row.shard === 'CANCELLING') return 'CANCEL';
  return row.experiment === 'PAUSED' ? 'PAUSE' : 'HELD';
}

function millionths(fraction: number): number {
  return Math.floor(Math.min(Math.max(fraction, 0), 1) * 1_000_000);
}
