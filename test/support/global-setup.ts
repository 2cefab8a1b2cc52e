import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runMigrations } from 'bullmq';
import pg from 'pg';
import type { EmbeddedPostgres } from '../../src/db/embedded/embedded-postgres';
import { startEmbeddedPostgres } from '../../src/db/embedded/embedded-postgres';
import { ensureDatabase } from '../../src/db/embedded/ensure-database';
import { applyMigrations } from '../../src/db/migrate';
import { rememberTestServer } from './test-server';

const template = 'template_lab';

/** A test database need not survive a power failure. */
const fastAndForgetful = [
  ...['-c', 'fsync=off'],
  ...['-c', 'synchronous_commit=off'],
  ...['-c', 'full_page_writes=off'],
];

/**
 * Starts one Postgres for the whole run, with a migrated database to copy. Jest runs this file outside its VM,
 * so that the schema engine, an ES module, can be loaded here and nowhere else in the tests.
 */
export default async function globalSetup(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'replication-lab-test-'));
  const server = await startEmbeddedPostgres({ dataDir: folder, flags: fastAndForgetful });
  rememberTestServer({ server, folder });
  await buildTemplate(server);
  process.env.TEST_POSTGRES_URL = server.url('postgres');
}

async function buildTemplate(server: EmbeddedPostgres): Promise<void> {
  await ensureDatabase(server, template);
  const url = server.url(template);
  await applyMigrations(url, path.join(__dirname, '../../prisma/migrations'));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // Copying needs a template that nobody is connected to.
  await runMigrations(client).finally(() => client.end());
}
