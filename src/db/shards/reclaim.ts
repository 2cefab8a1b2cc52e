import type pg from 'pg';
import type { ShardId } from '../../model/ids';
import type { QueuedJob, ShardStore } from '../../experiments/ports/stores';
import { transaction } from '../connection';
import { countCrash } from './crash';
import { lockExperiment } from './experiment-lock';

type ReclaimRequest = Parameters<ShardStore['reclaimExpired']>[0];

const EXPIRED = `
  SELECT "id" FROM "Shard" WHERE "status" = 'RUNNING' AND "leaseUntil" < statement_timestamp()
  ORDER BY "leaseUntil" LIMIT $1`;

/** A transaction each: an ended lease is rare, and its experiment's lock comes first. */
export async function reclaimExpired(pool: pg.Pool, request: ReclaimRequest): Promise<readonly QueuedJob[]> {
  const { rows } = await pool.query<{ readonly id: ShardId }>(EXPIRED, [request.limit]);
  const jobs: QueuedJob[] = [];
  for (const { id } of rows) {
    const job = await reclaim(pool, { shardId: id, crashesMax: request.crashesMax });
    if (job !== null) jobs.push(job);
  }
  return jobs;
}

async function reclaim(
  pool: pg.Pool,
  request: { readonly shardId: ShardId; readonly crashesMax: number },
): Promise<QueuedJob | null> {
  return transaction(pool, async (sql) => {
    const experiment = await lockExperiment(sql, request.shardId);
    if (experiment === null) return null;
    const crash = await countCrash(sql, experiment, request);
    return crash?.kind === 'REQUEUED' ? crash.job : null;
  });
}
