import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import { NEVER_ABORTED } from '../or-aborted';
import { closeSingleConnection, openSingleConnection } from '../single-connection';
import type { EmbeddedPostgres } from './embedded-postgres';

/** Any number that nothing else in the server uses as a lock. */
const useLock = 7_305_002;
const attemptsMax = 10;
const retryPauseMs = 200;

/** What it is to be the only lab on a server. */
export interface ExclusiveUse {
  /** Resolves when it is over: given back, or lost with the server or the connection. */
  readonly over: Promise<void>;
  release(): Promise<void>;
}

/**
 * Makes this process the only lab on the server, so that it may stop the server when it ends.
 *
 * The lock lives in a connection: it ends with this process, however that ends, and with the server: an idle
 * connection of Postgres ends as soon as its postmaster is dead. Null, after two seconds of trying: another lab holds it.
 * @throws what `classifyFailure` calls UNAVAILABLE if the server does not answer
 */
export async function claimExclusiveUse(server: Pick<EmbeddedPostgres, 'url'>): Promise<ExclusiveUse | null> {
  const client = await openSingleConnection(server.url('postgres'), { signal: NEVER_ABORTED });
  const over = new Promise<void>((resolve) => client.once('end', resolve));
  const release = (): Promise<void> => closeSingleConnection(client);
  try {
    if (await wasLocked(client)) return { over, release };
  } catch (error) {
    await release();
    throw error;
  }
  await release();
  return null;
}

async function wasLocked(client: pg.Client): Promise<boolean> {
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [
      useLock,
    ]);
    if (rows[0].held) return true;
    await setTimeout(retryPauseMs);
  }
  return false;
}
