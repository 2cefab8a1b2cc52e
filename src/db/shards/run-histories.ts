import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Claim, RunHistory } from '../../experiments/ports/records';
import type { ShardId } from '../../model/ids';
import type { Sql } from '../connection';

const deflate = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.deflateRaw);
/** A third of the time of the usual level, and a tenth more bytes. */
const LEVEL = 1;

/**
 * Fenced like every write of a lease. The shard's row is locked, so that its lease ends either before, and nothing is written,
 * or after, and takes along what is.
 */
const KEEP = `
  INSERT INTO "RunHistory" ("shardId", "leaseEpoch", "repetition", "description", "bytes")
  SELECT "id", "leaseEpoch", $3::int, $4::jsonb, $5::bytea FROM "Shard"
  WHERE "id" = $1 AND "leaseEpoch" = $2 AND "status" IN ('RUNNING', 'CANCELLING') FOR SHARE
  ON CONFLICT ("shardId", "leaseEpoch", "repetition") DO UPDATE SET "bytes" = EXCLUDED."bytes"`;

const FORGET = `DELETE FROM "RunHistory" WHERE "shardId" = $1`;

/** False: the lease was lost, nothing is written. */
export async function keepHistory(sql: Sql, claim: Claim, history: RunHistory): Promise<boolean> {
  const { repetition, description, bytes } = history;
  const deflated = await deflate(bytes, { level: LEVEL });
  const values = [repetition, JSON.stringify(description), deflated];
  const { rowCount } = await sql.query(KEEP, [claim.shardId, claim.leaseEpoch, ...values]);
  return rowCount === 1;
}

/** Inside the transaction that ends a lease without a result: what it wrote counts no more. */
export async function forgetHistories(sql: Sql, shardId: ShardId): Promise<void> {
  await sql.query(FORGET, [shardId]);
}
