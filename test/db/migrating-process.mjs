// Applies the migrations of a folder and prints their names: the schema engine cannot be loaded inside a Jest test.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const builtProgram = '../../dist/src/db/migrate.js';
const { applyMigrations } = require(builtProgram);

const [url, folder] = process.argv.slice(2);
console.log(JSON.stringify(await applyMigrations(url, folder)));
