import pg from 'pg';
import type { EmbeddedPostgres } from './embedded-postgres';

const databaseExists = '42P04';
const uniqueViolation = '23505';

/** Creates the database unless it exists; safe if several processes do it at once. */
export async function ensureDatabase(server: EmbeddedPostgres, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } catch (error) {
    // Another process was quicker; Postgres says so in one of two ways, depending on how much quicker.
    const { code } = error as { code?: string };
    if (code !== databaseExists && code !== uniqueViolation) throw error;
  } finally {
    await client.end();
  }
}
