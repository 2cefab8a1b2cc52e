import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { EmbeddedPostgres } from './embedded-postgres';

/** Any number that nothing else in the server uses as a lock. */
const useLock = 7_305_002;
const attemptsMax = 10;
const retryPauseMs = 200;

/**
 * Makes this process the only lab on the server, so that it may stop the server when it ends.
 *
 * The lock lives in a connection: it ends with this process, however that ends. Null, after two seconds of trying:
 * another lab holds it. Otherwise a function that gives it back.
 */
export async function claimExclusiveUse(server: EmbeddedPostgres): Promise<(() => Promise<void>) | null> {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  // A server that stops takes the lock with it: nobody is left to share it with.
  client.on('error', () => undefined);
  await client.connect();
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [
      useLock,
    ]);
    if (rows[0].held) return () => client.end();
    await setTimeout(retryPauseMs);
  }
  await client.end();
  return null;
}
