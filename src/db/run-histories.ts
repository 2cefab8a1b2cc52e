import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { StoredRunHistory } from '../experiments/ports/records';
import type { HistoryDescription } from '../model/history';
import type { RunRef } from '../model/ids';
import type { ExperimentSpec } from '../model/spec/experiment';
import { Prisma, type PrismaClient } from './generated/prisma/client';

const inflate = promisify<zlib.InputType, Buffer>(zlib.inflateRaw);

interface HistoryRow {
  readonly description: HistoryDescription;
  readonly bytes: Uint8Array;
  readonly spec: ExperimentSpec;
}

/** Null: nothing is kept of that run, or it has not succeeded. */
export async function findHistoryDescription(
  prisma: PrismaClient,
  run: RunRef,
): Promise<HistoryDescription | null> {
  const [row] = await prisma.$queryRaw<Pick<HistoryRow, 'description'>[]>`
    SELECT history."description" ${ofSucceeded(run)}`;
  return row?.description ?? null;
}

export async function findHistory(prisma: PrismaClient, run: RunRef): Promise<StoredRunHistory | null> {
  const [row] = await prisma.$queryRaw<HistoryRow[]>`
    SELECT history."description", history."bytes", point."spec" ${ofSucceeded(run)}`;
  if (row === undefined) return null;
  const { description, spec, bytes } = row;
  return { description, spec, bytes: Uint8Array.from(await inflate(bytes)) };
}

/** What the lease wrote with which the shard finished; what lost leases wrote is never seen. */
function ofSucceeded({ experimentId, point, repetition }: RunRef): Prisma.Sql {
  return Prisma.sql`
    FROM "Shard" shard
    JOIN "RunHistory" history
      ON history."shardId" = shard."id" AND history."leaseEpoch" = shard."leaseEpoch"
    JOIN "Point" point ON point."experimentId" = shard."experimentId" AND point."index" = shard."point"
    WHERE shard."experimentId" = ${experimentId} AND shard."point" = ${point}::int
      AND shard."status" = 'SUCCEEDED' AND history."repetition" = ${repetition}::int`;
}
