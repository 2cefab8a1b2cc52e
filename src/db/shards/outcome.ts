import { invariant } from '../../model/invariant';
import type { Claim } from '../../experiments/ports/records';
import type { ShardOutcome } from '../../experiments/ports/stores';
import type { Sql } from '../connection';
import { recordChange, type ShardChange } from './experiment-change';
import { lockExperiment } from './experiment-lock';

/** The fence: a worker whose lease was lost meets no row. An ended lease that nobody took is still its own. */
const OWN = `"id" = $1 AND "leaseEpoch" = $2 AND "status" = 'RUNNING'`;
const LET_GO = `"leaseOwner" = NULL, "leaseUntil" = NULL`;

const SUCCEED = `
  WITH ended AS (
    UPDATE "Shard" SET "status" = 'SUCCEEDED', "fractionMillionths" = 1000000, "simulatedOperations" = $3, ${LET_GO}
    WHERE ${OWN} RETURNING "id"
  )
  INSERT INTO "ShardResult" ("shardId", "measurements", "scalars", "runSeeds", "resultHashes")
  SELECT "id", $4, $5, $6, $7 FROM ended`;

const FAIL = `
  UPDATE "Shard" SET "status" = 'FAILED', "fractionMillionths" = 1000000, "failureReason" = $3, ${LET_GO} WHERE ${OWN}`;

/** Nobody enqueues its next attempt, so the reconciler is asked to look at once. */
const RELEASE = `
  UPDATE "Shard" SET "status" = 'QUEUED', "attempt" = "attempt" + 1, "checkedAt" = to_timestamp(0), ${LET_GO}
  WHERE ${OWN}`;

/** Inside a transaction: the shard's one result. False: the lease was lost, nothing is written. */
export async function finishShard(sql: Sql, claim: Claim, outcome: ShardOutcome): Promise<boolean> {
  const { measurements, scalars, runs, simulatedOperations } = outcome;
  invariant(runs.length === claim.runCount, `${runs.length} summaries for a shard of ${claim.runCount} runs`);
  const values = [
    simulatedOperations,
    bytes(measurements),
    bytes(scalars),
    runs.map(({ seed }) => seed),
    runs.map(({ resultHash }) => resultHash),
  ];
  return change(sql, claim, { statement: SUCCEED, values, kind: 'RUN_SUCCEEDED', tells: 'succeeded.' });
}

/** Inside a transaction: all runs of the shard end as FAILED. False: the lease was lost. */
export async function failShard(sql: Sql, claim: Claim, reason: string): Promise<boolean> {
  const tells = `failed: ${reason}`;
  return change(sql, claim, { statement: FAIL, values: [reason], kind: 'RUN_FAILED', tells });
}

/** Inside a transaction: the shard waits again. False: the lease was lost. */
export async function releaseShard(sql: Sql, claim: Claim): Promise<boolean> {
  const tells = 'was handed back: its worker stops.';
  return change(sql, claim, { statement: RELEASE, values: [], kind: 'RUN_HANDED_BACK', tells });
}

interface OwnerChange extends Pick<ShardChange, 'kind' | 'tells'> {
  readonly statement: string;
  readonly values: readonly unknown[];
}

async function change(
  sql: Sql,
  claim: Claim,
  { statement, values, kind, tells }: OwnerChange,
): Promise<boolean> {
  const experiment = await lockExperiment(sql, claim.shardId);
  if (experiment === null) return false;
  const { rowCount } = await sql.query(statement, [claim.shardId, claim.leaseEpoch, ...values]);
  if (rowCount !== 1) return false;
  await recordChange(sql, experiment, { kind, runs: claim, tells });
  return true;
}

/** `pg` sends a Buffer as bytes; a view costs no copy. */
function bytes(array: Uint8Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}
