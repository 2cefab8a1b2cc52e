import type { ExperimentSpec } from '../../model/spec/experiment';
import type { Claim } from '../../experiments/ports/records';
import type { ShardStore } from '../../experiments/ports/stores';
import type { Sql } from '../connection';
import { countCrash, silence } from './crash';
import type { ShardRuns } from './event-log';
import { recordChange } from './experiment-change';
import { lockExperimentOfClaimable, type LockedExperiment } from './experiment-lock';

type ClaimRequest = Parameters<ShardStore['claim']>[0];

interface ClaimedRow extends ShardRuns {
  readonly leaseEpoch: number;
  readonly spec: ExperimentSpec;
}

const TAKE = `
  UPDATE "Shard" s SET "status" = 'RUNNING', "leaseEpoch" = s."leaseEpoch" + 1, "leaseOwner" = $2,
    "leaseUntil" = statement_timestamp() + make_interval(secs => $3::float8 / 1000)
  FROM "Point" p
  WHERE s."id" = $1 AND s."status" = 'QUEUED' AND p."experimentId" = s."experimentId" AND p."index" = s."point"
  RETURNING s."point", s."firstRepetition", s."runCount", s."leaseEpoch", p."spec"`;

/** Inside a transaction: makes the shard the owner's, or null if it is not to be had. */
export async function claimShard(sql: Sql, request: ClaimRequest): Promise<Claim | null> {
  const experiment = await lockExperimentOfClaimable(sql, request.shardId);
  if (experiment === null || !takesWork(experiment, request)) return null;
  const { shardId, crashRule: rule } = request;
  const crash = await countCrash(sql, experiment, { report: silence(shardId), rule });
  if (crash?.kind === 'ENDED') return null;
  return take(sql, crash?.experiment ?? experiment, request);
}

function takesWork({ status, engineVersion }: LockedExperiment, request: ClaimRequest): boolean {
  return engineVersion === request.engineVersion && (status === 'QUEUED' || status === 'RUNNING');
}

async function take(sql: Sql, experiment: LockedExperiment, request: ClaimRequest): Promise<Claim | null> {
  const { shardId, owner, leaseMs } = request;
  const { rows } = await sql.query<ClaimedRow>(TAKE, [shardId, owner, leaseMs]);
  const [shard] = rows;
  if (shard === undefined) return null;
  await recordChange(sql, experiment, { kind: 'RUN_STARTED', runs: shard, tells: 'started.' });
  return { ...shard, shardId, experimentId: experiment.id, seed: experiment.seed };
}
