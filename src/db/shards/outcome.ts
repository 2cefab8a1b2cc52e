import { invariant } from '../../model/invariant';
import type { Claim } from '../../experiments/ports/records';
import type { CrashRule, ShardOutcome } from '../../experiments/ports/stores';
import type { ExperimentStatus, RunStatus } from '../../model/status';
import type { Sql } from '../connection';
import { packRuns } from '../packed-runs';
import { countCrash, type CrashReport } from './crash';
import { recordChange, type ShardChange } from './experiment-change';
import { lockExperimentOf } from './experiment-lock';
import { forgetHistories } from './run-histories';

/** The fence: a worker whose lease was lost meets no row. An ended lease that nobody took is still its own. */
const OWN = `"id" = $1 AND "leaseEpoch" = $2 AND "status" IN ('RUNNING', 'CANCELLING')`;
const LET_GO = `"leaseOwner" = NULL, "leaseUntil" = NULL`;

const SUCCEED = `
  WITH ended AS (
    UPDATE "Shard" SET "status" = 'SUCCEEDED', "fractionMillionths" = 1000000, "simulatedOperations" = $3, ${LET_GO}
    WHERE ${OWN} RETURNING "id"
  )
  INSERT INTO "ShardResult" ("shardId", "measurements", "scalars", "runs")
  SELECT "id", $4, $5, $6 FROM ended`;

/** Nobody enqueues its next attempt, so the reconciler is asked to look at once. */
const RELEASE = `
  UPDATE "Shard" SET "attempt" = "attempt" + 1, "checkedAt" = to_timestamp(0), ${LET_GO},
    "status" = (CASE "status" WHEN 'CANCELLING' THEN 'CANCELLED' ELSE 'QUEUED' END)::"RunStatus",
    "fractionMillionths" = CASE "status" WHEN 'CANCELLING' THEN 1000000 ELSE "fractionMillionths" END
  WHERE ${OWN} RETURNING "status"`;

/** Inside a transaction: the shard's one result. False: the lease was lost, nothing is written. */
export async function finishShard(sql: Sql, claim: Claim, outcome: ShardOutcome): Promise<boolean> {
  const { measurements, scalars, runs, simulatedOperations } = outcome;
  invariant(runs.length === claim.runCount, `${runs.length} summaries for a shard of ${claim.runCount} runs`);
  const values = [simulatedOperations, bytes(measurements), bytes(scalars), packRuns(runs)];
  const experiment = await lockExperimentOf(sql, claim.shardId);
  if (experiment === null) return false;
  const { rowCount } = await sql.query(SUCCEED, [claim.shardId, claim.leaseEpoch, ...values]);
  if (rowCount !== 1) return false;
  await recordChange(sql, experiment, { kind: 'RUN_SUCCEEDED', runs: claim, tells: 'succeeded.' });
  return true;
}

/** Inside a transaction: the simulation died, by the one rule about crashes. False: the lease was lost. */
export async function crashShard(
  sql: Sql,
  claim: Claim,
  { reason, rule }: { readonly reason: string; readonly rule: CrashRule },
): Promise<boolean> {
  const experiment = await lockExperimentOf(sql, claim.shardId);
  if (experiment === null) return false;
  const { shardId, leaseEpoch } = claim;
  const report: CrashReport = { shardId, leaseEpoch, kind: 'RUN_CRASHED', reason: asClause(reason) };
  return (await countCrash(sql, experiment, { report, rule })) !== null;
}

const REASON_CHARACTERS_MAX = 1000;

/** A reason may be any error's message; inside a sentence its full stop goes, and Postgres takes no NUL. */
function asClause(reason: string): string {
  return reason.replaceAll('\0', '').slice(0, REASON_CHARACTERS_MAX).replace(/\.$/, '');
}

/** Inside a transaction: the shard waits again, or has been cancelled. False: the lease was lost. */
export async function releaseShard(sql: Sql, claim: Claim): Promise<boolean> {
  const experiment = await lockExperimentOf(sql, claim.shardId);
  if (experiment === null) return false;
  const { rows } = await sql.query<{ readonly status: RunStatus }>(RELEASE, [
    claim.shardId,
    claim.leaseEpoch,
  ]);
  const [shard] = rows;
  if (shard === undefined) return false;
  await forgetHistories(sql, claim.shardId);
  await recordChange(sql, experiment, { ...releaseOf(shard.status, experiment.status), runs: claim });
  return true;
}

function releaseOf(shard: RunStatus, experiment: ExperimentStatus): Omit<ShardChange, 'runs'> {
  if (shard === 'CANCELLED') return { kind: 'RUN_CANCELLED', tells: 'was cancelled.' };
  const why = experiment === 'PAUSED' ? 'the experiment is paused' : 'its worker stops';
  return { kind: 'RUN_HANDED_BACK', tells: `was handed back: ${why}.` };
}

/** `pg` sends a Buffer as bytes; a view costs no copy. */
function bytes(array: Uint8Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}
