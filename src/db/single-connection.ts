import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { orAborted } from './or-aborted';

const CONNECT_MS_MAX = 2500;
const ANSWER_MS_MAX = 5000;
const GOODBYE_MS_MAX = 500;

export interface SingleConnectionOptions {
  readonly signal: AbortSignal;
  /** How long a statement may wait for a lock; the server's own limit if left out. */
  readonly lockWaitMsMax?: number;
}

/**
 * One connection outside the pool, for work that a server which accepts and keeps silent must not hold up: to connect
 * and each answer have a limit.
 * @throws what `classifyFailure` calls UNAVAILABLE if nobody answers in time; the signal's reason if it aborts first
 */
export async function openSingleConnection(
  url: string,
  { signal, lockWaitMsMax = 0 }: SingleConnectionOptions,
): Promise<pg.Client> {
  signal.throwIfAborted();
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    query_timeout: lockWaitMsMax + ANSWER_MS_MAX,
    keepAlive: true,
    ...(lockWaitMsMax > 0 && { lock_timeout: lockWaitMsMax }),
  });
  // A connection may break at any time: the statement that needs it fails by itself.
  client.on('error', () => undefined);
  const connecting = client.connect();
  try {
    await orAborted(connecting, signal);
    return client;
  } catch (error) {
    if (signal.aborted) void connecting.then(() => closeSingleConnection(client)).catch(() => undefined);
    throw error;
  }
}

/** Says goodbye, and does not wait for long until the server has heard it. */
export async function closeSingleConnection(client: pg.Client): Promise<void> {
  await Promise.race([client.end().catch(() => undefined), delay(GOODBYE_MS_MAX, undefined, { ref: false })]);
}

/** Opens a connection, works with it, and closes it however the work ends. */
export async function withSingleConnection<Outcome>(
  url: string,
  options: SingleConnectionOptions,
  work: (client: pg.Client) => Promise<Outcome>,
): Promise<Outcome> {
  const client = await openSingleConnection(url, options);
  try {
    return await work(client);
  } finally {
    await closeSingleConnection(client);
  }
}
