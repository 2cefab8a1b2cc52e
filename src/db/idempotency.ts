import { invariant } from '../model/invariant';
import type { Creation, IdempotencyClaim } from '../experiments/ports/stores';
import type { Prisma, PrismaClient } from './generated/prisma/client';
import { reachingDatabase } from './failures';

const RETENTION_HOURS = 48;

type Transaction = Prisma.TransactionClient;

/** How one creating mutation makes and finds its record. */
export interface Recipe<Row> {
  readonly id: string;
  insert(tx: Transaction): Promise<Row>;
  find(tx: Transaction, id: string): Promise<Row | null>;
}

/**
 * Creates a record and its idempotency key in one transaction. Requests with the same key wait for each other in
 * the key's row, so exactly one creates; if its transaction fails, the next one does.
 * @throws StoreUnavailableError
 */
export async function createOnce<Row>(
  prisma: PrismaClient,
  idempotency: IdempotencyClaim | null,
  recipe: Recipe<Row>,
): Promise<Creation<Row>> {
  return reachingDatabase(() =>
    prisma.$transaction(async (tx) => {
      if (idempotency === null) return create(tx, recipe);
      const { requestHash, recordId } = await useKey(tx, idempotency, recipe.id);
      if (requestHash !== idempotency.requestHash) return { kind: 'MISMATCH' };
      if (recordId === recipe.id) return create(tx, recipe);
      return { kind: 'REPLAYED', record: await existing(tx, recipe, recordId) };
    }),
  );
}

/** Removes keys older than 48 hours. Returns how many. */
export async function purgeIdempotencyKeys(prisma: PrismaClient): Promise<number> {
  return reachingDatabase(
    () =>
      prisma.$executeRaw`DELETE FROM "IdempotencyKey" WHERE "createdAt" < now() - make_interval(hours => ${RETENTION_HOURS}::int)`,
  );
}

interface KeyRow {
  readonly requestHash: string;
  readonly recordId: string;
}

/** The key's row: of this request if the key is new, else of the request that used it first. */
async function useKey(
  tx: Transaction,
  { scope, key, requestHash }: IdempotencyClaim,
  id: string,
): Promise<KeyRow> {
  // DO UPDATE of nothing, because DO NOTHING would not return the row that is there.
  const [row] = await tx.$queryRaw<KeyRow[]>`
    INSERT INTO "IdempotencyKey" ("scope", "key", "requestHash", "recordId")
    VALUES (${scope}, ${key}, ${requestHash}, ${id})
    ON CONFLICT ("scope", "key") DO UPDATE SET "key" = EXCLUDED."key"
    RETURNING "requestHash", "recordId"`;
  invariant(row !== undefined, 'an upsert returns its row');
  return row;
}

async function create<Row>(tx: Transaction, recipe: Recipe<Row>): Promise<Creation<Row>> {
  return { kind: 'CREATED', record: await recipe.insert(tx) };
}

async function existing<Row>(tx: Transaction, recipe: Recipe<Row>, id: string): Promise<Row> {
  const record = await recipe.find(tx, id);
  invariant(record !== null, `${id} has an idempotency key, but no record`);
  return record;
}
