import type pg from 'pg';
import type { ShardId } from '../../model/ids';
import type { CrashRule, QueuedJob, Reclaimed, ShardStore } from '../../experiments/ports/stores';
import { transaction } from '../connection';
import { countCrash, silence, type Crash } from './crash';
import { lockExperimentOf } from './experiment-lock';

type ReclaimRequest = Parameters<ShardStore['reclaimExpired']>[0];

const EXPIRED = `
  SELECT "id" FROM "Shard" WHERE "status" IN ('RUNNING', 'CANCELLING') AND "leaseUntil" < statement_timestamp()
  ORDER BY "leaseUntil" LIMIT $1`;

/** A transaction each: an ended lease is rare, and its experiment's lock comes first. */
export async function reclaimExpired(pool: pg.Pool, request: ReclaimRequest): Promise<Reclaimed> {
  const { rows } = await pool.query<{ readonly id: ShardId }>(EXPIRED, [request.limit]);
  const jobs: QueuedJob[] = [];
  let ended = 0;
  for (const { id } of rows) {
    const crash = await reclaim(pool, id, request.crashRule);
    if (crash?.kind === 'WAITING') jobs.push(...crash.jobs);
    if (crash?.kind === 'ENDED') ended++;
  }
  return { jobs, ended };
}

async function reclaim(pool: pg.Pool, shardId: ShardId, rule: CrashRule): Promise<Crash | null> {
  return transaction(pool, async (sql) => {
    const experiment = await lockExperimentOf(sql, shardId);
    return experiment === null ? null : countCrash(sql, experiment, { report: silence(shardId), rule });
  });
}
