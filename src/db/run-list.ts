import type { ExperimentId, RunRef } from '../model/ids';
import type { RunStatus } from '../model/status';
import type { RunRecord } from '../experiments/ports/records';
import type { Page, PageRequest } from '../experiments/ports/stores';
import { Prisma, type PrismaClient } from './generated/prisma/client';
import { RUN_BYTES, unpackRun } from './packed-runs';
import { cursorOf, toPage } from './paging';

type Cursor = Pick<RunRef, 'point' | 'repetition'>;

/** Before the first and after the last run that an `integer` column can tell. */
const START: Cursor = { point: -1, repetition: -1 };
const END: Cursor = { point: 2_147_483_647, repetition: 2_147_483_647 };

interface RunRow {
  readonly point: number;
  readonly repetition: number;
  readonly status: RunStatus;
  readonly failureReason: string | null;
  /** Packed; null without a result. */
  readonly packed: Uint8Array | null;
}

/** Runs have no rows: they are read out of their shards, in the order of point and repetition. */
export async function pageOfRuns(
  prisma: PrismaClient,
  id: ExperimentId,
  request: PageRequest<Cursor>,
): Promise<Page<RunRecord>> {
  const found = await prisma.$queryRaw<RunRow[]>(windowOf(id, request));
  const cursor = cursorOf(request);
  const behind = cursor === null ? null : await runBehind(prisma, id, { request, cursor });
  return toPage(
    found.map((row) => runRecord(id, row)),
    request,
    behind,
  );
}

/** Null: the experiment has no such run. */
export async function findRun(prisma: PrismaClient, run: RunRef): Promise<RunRecord | null> {
  const { experimentId, point, repetition } = run;
  if (point > END.point || repetition > END.repetition) return null;
  const before = { point, repetition: repetition - 1 };
  const [row] = await prisma.$queryRaw<RunRow[]>(
    windowOf(experimentId, { direction: 'FORWARD', limit: 0, after: before }),
  );
  return row?.point === point && row.repetition === repetition ? runRecord(experimentId, row) : null;
}

/** `limit + 1` runs, going away from the cursor. */
function windowOf(id: ExperimentId, request: PageRequest<Cursor>): Prisma.Sql {
  const forward = request.direction === 'FORWARD';
  const take = request.limit + 1;
  const { point, repetition } = bounded(cursorOf(request) ?? (forward ? START : END));
  const order = forward ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const shardInside = forward
    ? Prisma.sql`(s."point", s."firstRepetition" + s."runCount" - 1) > (${point}::int, ${repetition}::int)`
    : Prisma.sql`(s."point", s."firstRepetition") < (${point}::int, ${repetition}::int)`;
  const runInside = forward
    ? Prisma.sql`(shard."point", run.repetition) > (${point}::int, ${repetition}::int)`
    : Prisma.sql`(shard."point", run.repetition) < (${point}::int, ${repetition}::int)`;
  // Each shard inside the window holds at least one of its runs, so `take` shards are enough.
  return Prisma.sql`
    SELECT shard."point", run.repetition, shard."status"::text, shard."failureReason",
      substring(
        result."runs" FROM (run.repetition - shard."firstRepetition") * ${RUN_BYTES}::int + 1 FOR ${RUN_BYTES}::int
      ) AS "packed"
    FROM (
      SELECT * FROM "Shard" s WHERE s."experimentId" = ${id} AND ${shardInside}
      ORDER BY s."point" ${order}, s."firstRepetition" ${order} LIMIT ${take}
    ) shard
    CROSS JOIN LATERAL generate_series(
      shard."firstRepetition", shard."firstRepetition" + shard."runCount" - 1
    ) AS run (repetition)
    LEFT JOIN "ShardResult" result ON result."shardId" = shard."id"
    WHERE ${runInside}
    ORDER BY shard."point" ${order}, run.repetition ${order} LIMIT ${take}`;
}

/** A run at the cursor or on its other side. */
async function runBehind(
  prisma: PrismaClient,
  id: ExperimentId,
  { request, cursor }: { readonly request: PageRequest<Cursor>; readonly cursor: Cursor },
): Promise<object | null> {
  const { point, repetition } = bounded(cursor);
  const atOrBehind =
    request.direction === 'FORWARD'
      ? Prisma.sql`("point", "firstRepetition") <= (${point}::int, ${repetition}::int)`
      : Prisma.sql`("point", "firstRepetition" + "runCount" - 1) >= (${point}::int, ${repetition}::int)`;
  const [row] = await prisma.$queryRaw<object[]>`
    SELECT 1 AS "found" FROM "Shard" WHERE "experimentId" = ${id} AND ${atOrBehind} LIMIT 1`;
  return row ?? null;
}

/** A cursor is foreign input: beyond what the columns hold there is no run, so their bounds say the same. */
function bounded({ point, repetition }: Cursor): Cursor {
  return { point: Math.min(point, END.point), repetition: Math.min(repetition, END.repetition) };
}

function runRecord(experimentId: ExperimentId, row: RunRow): RunRecord {
  const { point, repetition, status, failureReason, packed } = row;
  const summary = packed === null ? null : unpackRun(packed);
  return { experimentId, point, repetition, status, summary, failureReason };
}
