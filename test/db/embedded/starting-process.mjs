// A process of its own that starts the embedded Postgres in the folder it is given, says which, and stays.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const builtProgram = '../../../dist/src/db/embedded/embedded-postgres.js';
const { startEmbeddedPostgres } = require(builtProgram);

const [dataDir = ''] = process.argv.slice(2);
const server = await startEmbeddedPostgres({ dataDir, flags: ['-c', 'fsync=off'] });
console.log(JSON.stringify({ pid: server.pid, adopted: server.adopted, url: server.url('postgres') }));
setInterval(() => undefined, 60_000);
