import { NEVER_ABORTED } from '../or-aborted';
import { withSingleConnection } from '../single-connection';
import type { EmbeddedPostgres } from './embedded-postgres';

const databaseExists = '42P04';
const uniqueViolation = '23505';

/** Creates the database unless it exists; safe if several processes do it at once. */
export async function ensureDatabase(
  server: Pick<EmbeddedPostgres, 'url'>,
  name: string,
  signal: AbortSignal = NEVER_ABORTED,
): Promise<void> {
  await withSingleConnection(server.url('postgres'), { signal }, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount !== 0) return;
    try {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    } catch (error) {
      // Another process was quicker; Postgres says so in one of two ways, depending on how much quicker.
      const { code } = error as { code?: string };
      if (code !== databaseExists && code !== uniqueViolation) throw error;
    }
  });
}
