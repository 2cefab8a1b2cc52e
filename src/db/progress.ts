import type { ExperimentId } from '../model/ids';
import { isTerminal, type ExperimentStatus } from '../model/status';
import type { ProgressRecord } from '../experiments/ports/records';
import type { PrismaClient } from './generated/prisma/client';

const MILLIONTHS = 1_000_000;

interface ProgressRow {
  readonly status: ExperimentStatus;
  readonly completedRuns: number;
  readonly runCount: number;
  readonly lastSequence: bigint;
  readonly elapsedMs: number | null;
  /** Σ over shards of their done millionths × runs. */
  readonly doneMillionths: bigint;
  readonly simulatedOperations: number;
}

/** One statement sees one moment, so that the sequence and the numbers belong together. Null: no such experiment. */
export async function readProgress(prisma: PrismaClient, id: ExperimentId): Promise<ProgressRecord | null> {
  const [row] = await prisma.$queryRaw<ProgressRow[]>`
    SELECT e."status"::text, e."completedRuns", e."runCount", e."lastSequence",
      (extract(epoch FROM coalesce(e."finishedAt", statement_timestamp()) - e."startedAt") * 1000)::float8 AS "elapsedMs",
      shards."doneMillionths", shards."simulatedOperations"
    FROM "Experiment" e CROSS JOIN LATERAL (
      SELECT coalesce(sum(s."fractionMillionths"::bigint * s."runCount"), 0)::bigint AS "doneMillionths",
        coalesce(sum(s."simulatedOperations"), 0)::float8 AS "simulatedOperations"
      FROM "Shard" s WHERE s."experimentId" = e."id"
    ) shards
    WHERE e."id" = ${id}`;
  return row === undefined ? null : progressRecord(id, row);
}

function progressRecord(experimentId: ExperimentId, row: ProgressRow): ProgressRecord {
  return {
    experimentId,
    status: row.status,
    completedRuns: row.completedRuns,
    totalRuns: row.runCount,
    fraction: fractionOf(row),
    simulatedOperations: row.simulatedOperations,
    // The clock of the database may be set back.
    elapsedMs: row.elapsedMs === null ? null : Math.max(0, row.elapsedMs),
    sequence: row.lastSequence,
  };
}

/** 1 exactly when nothing will change any more. */
function fractionOf({ status, doneMillionths, runCount }: ProgressRow): number {
  if (isTerminal(status)) return 1;
  return Math.min(Number(doneMillionths) / (runCount * MILLIONTHS), 1 - 1 / MILLIONTHS);
}
