import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { classifyFailure } from './failures';
import { PrismaClient } from './generated/prisma/client';

/** The door of the database in one process: Prisma for the control plane, `pg` for the shards, one pool for both. */
export interface Connection {
  readonly pool: pg.Pool;
  readonly prisma: PrismaClient;
}

/** Runs statements inside a transaction that somebody else begins and ends. */
export type Sql = Pick<pg.ClientBase, 'query'>;

/** How long, in ms, and how many: an answer late is an answer "unavailable", and nobody holds a lock asleep. */
const LIMITS = {
  // Also of the wait for a free connection in a burst, so not as short as it could be.
  connectionTimeoutMillis: 2500,
  statement_timeout: 10_000,
  // A server that hangs does not keep its own limits.
  query_timeout: 11_000,
  lock_timeout: 5000,
  // A process that was stopped in a transaction must not hold its experiment for longer.
  idle_in_transaction_session_timeout: 2000,
} as const;

/** Connects when the first statement comes, so it succeeds also while there is no database. */
export function openConnection(url: string, connectionsMax: number): Connection {
  const pool = new pg.Pool({ connectionString: url, max: connectionsMax, keepAlive: true, ...LIMITS });
  // A connection may break at any time, in the pool or outside: the statement that needs it fails by itself.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: LIMITS.connectionTimeoutMillis, timeout: LIMITS.statement_timeout },
  });
  return { pool, prisma };
}

/** Ends both; statements under way finish first. */
export async function closeConnection({ pool, prisma }: Connection): Promise<void> {
  await prisma.$disconnect();
  await pool.end();
}

/** Commits what `work` did, or undoes all of it if it throws. */
export async function transaction<T>(pool: pg.Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // Postgres undoes the transaction of a connection that ends; one that hangs would not even hear ROLLBACK.
    broken = classifyFailure(error) === 'UNAVAILABLE' || !(await rollBack(client));
    throw error;
  } finally {
    client.release(broken);
  }
}

async function rollBack(sql: Sql): Promise<boolean> {
  try {
    await sql.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}
