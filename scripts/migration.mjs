// Writes the migration that leads from prisma/migrations to prisma/schema.prisma:  npm run migration -- NAME
// With --check it only says whether there is anything to write. Prisma's own "migrate dev" would download an engine.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { MigrationAdapter } from './migration-adapter.mjs';

const require = createRequire(import.meta.url);
const root = path.join(import.meta.dirname, '..');
const schemaFile = path.join(root, 'prisma', 'schema.prisma');
const migrationsFolder = path.join(root, 'prisma', 'migrations');

/** The program's own code, built: `npm run migration` builds first. @param {string} name @returns {any} */
const built = (name) => require(path.join(root, 'dist', 'src', 'db', `${name}.js`));

/** @returns {Promise<string | null>} the SQL that is missing in prisma/migrations, or null */
async function missingSql() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'replication-lab-migration-'));
  const server = await built('embedded/embedded-postgres').startEmbeddedPostgres({ dataDir: folder });
  try {
    return await compare(server);
  } finally {
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The engine plays the migrations into a second, empty database and compares what they built with the schema.
 * @param {import('../src/db/embedded/embedded-postgres.js').EmbeddedPostgres} server
 */
async function compare(server) {
  const { ensureDatabase } = built('embedded/ensure-database');
  await ensureDatabase(server, 'main');
  await ensureDatabase(server, 'shadow');
  const adapter = new MigrationAdapter(server.url('main'), server.url('shadow'));
  /** @type {import('@prisma/schema-engine-wasm/schema_engine_bg').SchemaEngine} */
  const engine = await built('schema-engine').openSchemaEngine(adapter);
  try {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'migrations', ...built('migration-files').readMigrations(migrationsFolder) },
      to: {
        tag: 'schemaDatamodel',
        files: [{ path: schemaFile, content: fs.readFileSync(schemaFile, 'utf8') }],
      },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return exitCode === 2 ? stdout : null;
  } finally {
    engine.free();
    await adapter.close();
  }
}

/** @param {string} name @param {string} sql */
function write(name, sql) {
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = path.join(migrationsFolder, `${time}_${name}`);
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'migration.sql'), sql);
  console.log(`Wrote ${path.relative(root, folder)}/migration.sql: read it before you commit it.`);
}

const [argument = ''] = process.argv.slice(2);
if (argument !== '--check' && !/^[a-z][a-z0-9_]*$/.test(argument)) {
  console.error('Usage: npm run migration -- NAME (small letters, digits, underscores), or -- --check');
  process.exit(2);
}
const sql = await missingSql();
if (sql === null) console.log('prisma/migrations lead to prisma/schema.prisma: nothing is missing.');
else if (argument !== '--check') write(argument, sql);
else {
  console.error(`prisma/schema.prisma has changes without a migration (npm run migration -- NAME):\n${sql}`);
  process.exitCode = 1;
}
