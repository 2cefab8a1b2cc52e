import { invariant } from '../../model/invariant';
import type { RunStatus } from '../../model/status';
import type { ShardId } from '../../model/ids';
import type { CrashRule, QueuedJob } from '../../experiments/ports/stores';
import type { Sql } from '../connection';
import type { ShardRuns } from './event-log';
import { recordChange, type ShardChange } from './experiment-change';
import type { LockedExperiment } from './experiment-lock';
import { forgetHistories } from './run-histories';

/** What became of a shard whose worker or simulation died. */
export type Crash =
  | { readonly kind: 'WAITING'; readonly jobs: readonly QueuedJob[]; readonly experiment: LockedExperiment }
  | { readonly kind: 'ENDED' };

/** Who found a crash, and what is known of it. */
export interface CrashReport {
  readonly shardId: ShardId;
  /** Null: it counts as one if the lease has ended. Else the report of the lease's owner. */
  readonly leaseEpoch: number | null;
  readonly kind: 'RUN_RECLAIMED' | 'RUN_CRASHED';
  /** Without a full stop. */
  readonly reason: string;
}

/** What its worker's silence until the end of the lease comes to. */
export function silence(shardId: ShardId): CrashReport {
  return { shardId, leaseEpoch: null, kind: 'RUN_RECLAIMED', reason: 'its worker gave no sign of life' };
}

interface CrashedShard extends ShardRuns {
  readonly id: ShardId;
  readonly status: RunStatus;
  readonly attempt: number;
  readonly crashes: number;
}

const FIND = `
  SELECT "id", "status", "point", "firstRepetition", "runCount", "attempt", "crashes" FROM "Shard"
  WHERE "id" = $1 AND "status" IN ('RUNNING', 'CANCELLING')
    AND CASE WHEN $2::int IS NULL THEN "leaseUntil" < statement_timestamp() ELSE "leaseEpoch" = $2::int END
  FOR NO KEY UPDATE`;

const END = `
  UPDATE "Shard" SET "status" = $2::"RunStatus", "failureReason" = $3, "fractionMillionths" = 1000000,
    "crashes" = "crashes" + 1, "leaseOwner" = NULL, "leaseUntil" = NULL
  WHERE "id" = $1`;

/** Whoever reports it may have no queue at hand, so the reconciler is asked to look at once. */
const WAIT_AGAIN = `
  UPDATE "Shard" SET "status" = 'QUEUED', "crashes" = $2, "runCount" = $3, "attempt" = "attempt" + 1,
    "checkedAt" = to_timestamp(0), "leaseOwner" = NULL, "leaseUntil" = NULL
  WHERE "id" = $1`;

/** Both halves keep the share that was shown, so that the experiment's never falls. */
const ADD_HALF = `
  INSERT INTO "Shard" ("id", "experimentId", "point", "firstRepetition", "runCount", "fractionMillionths", "checkedAt")
  SELECT $2, "experimentId", "point", "firstRepetition" + $3::int, $4::int, "fractionMillionths", to_timestamp(0)
  FROM "Shard" WHERE "id" = $1`;

/**
 * The one rule about crashes, for whoever finds one, under the experiment's lock. Null: there is none, the lease
 * is held or was lost.
 */
export async function countCrash(
  sql: Sql,
  experiment: LockedExperiment,
  { report, rule }: { readonly report: CrashReport; readonly rule: CrashRule },
): Promise<Crash | null> {
  const { rows } = await sql.query<CrashedShard>(FIND, [report.shardId, report.leaseEpoch]);
  const [shard] = rows;
  if (shard === undefined) return null;
  await forgetHistories(sql, shard.id);
  const { kind, reason } = report;
  if (shard.status === 'CANCELLING') {
    await sql.query(END, [shard.id, 'CANCELLED', null]);
    return recordEnd(sql, experiment, { kind: 'RUN_CANCELLED', runs: shard, tells: 'was cancelled.' });
  }
  if (shard.runCount === 1 && shard.crashes + 1 >= rule.crashesMax) {
    const why = poisonReason(shard.crashes + 1, reason);
    await sql.query(END, [shard.id, 'FAILED', why]);
    return recordEnd(sql, experiment, { kind: 'RUN_FAILED', runs: shard, tells: `failed: ${why}` });
  }
  const jobs = shard.runCount === 1 ? await waitAgain(sql, shard) : await halve(sql, shard, rule);
  const tells = `${kind === 'RUN_RECLAIMED' ? 'was taken back' : 'crashed'}: ${reason}.`;
  return {
    kind: 'WAITING',
    jobs,
    experiment: await recordChange(sql, experiment, { kind, runs: shard, tells }),
  };
}

function poisonReason(crashes: number, lastReason: string): string {
  return `POISONED: it crashed ${crashes === 1 ? 'once' : `${crashes} times`}; the last time, ${lastReason}.`;
}

async function recordEnd(sql: Sql, experiment: LockedExperiment, change: ShardChange): Promise<Crash> {
  await recordChange(sql, experiment, change);
  return { kind: 'ENDED' };
}

async function waitAgain(
  sql: Sql,
  { id, runCount, attempt, crashes }: CrashedShard,
): Promise<readonly QueuedJob[]> {
  await sql.query(WAIT_AGAIN, [id, crashes + 1, runCount]);
  return [{ shardId: id, attempt: attempt + 1 }];
}

/** Which of its runs is poisoned nobody knows, so that no half is charged with the crash. */
async function halve(
  sql: Sql,
  { id, runCount, attempt }: CrashedShard,
  { newShardId }: CrashRule,
): Promise<readonly QueuedJob[]> {
  invariant(runCount > 1, 'one run cannot be halved');
  const firstHalf = Math.ceil(runCount / 2);
  const secondId = newShardId();
  await sql.query(WAIT_AGAIN, [id, 0, firstHalf]);
  await sql.query(ADD_HALF, [id, secondId, firstHalf, runCount - firstHalf]);
  return [
    { shardId: id, attempt: attempt + 1 },
    { shardId: secondId, attempt: 1 },
  ];
}
