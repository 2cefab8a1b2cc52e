// Runs the local Prisma command line so that what needs no database needs no download either.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const commandsWithoutEngine = new Set(['generate', 'validate', 'format']);
const [command = '', ...rest] = process.argv.slice(2);

const environment = { ...process.env };
if (commandsWithoutEngine.has(command)) {
  // Prisma downloads its native engine before it knows whether the command uses it. Naming any existing
  // file as that engine stops the download; these commands never start it.
  environment.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
  environment.PRISMA_HIDE_UPDATE_MESSAGE ??= '1';
}

const prisma = require.resolve('prisma/build/index.js');
const result = spawnSync(process.execPath, [prisma, command, ...rest], {
  stdio: 'inherit',
  env: environment,
});
process.exit(result.status ?? 1);
