import fs from 'node:fs';
import type { EmbeddedPostgres } from '../../src/db/embedded/embedded-postgres';

interface TestServer {
  readonly server: EmbeddedPostgres;
  readonly folder: string;
}

const shared = globalThis as { testServer?: TestServer };

/** Hands the server from Jest's global setup to its global teardown, and ends it if the run is interrupted. */
export function rememberTestServer(testServer: TestServer): void {
  shared.testServer = testServer;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      process.kill(testServer.server.pid, 'SIGQUIT');
      fs.rmSync(testServer.folder, { recursive: true, force: true });
      process.kill(process.pid, signal);
    });
  }
}

/** Ends the server and removes its files. */
export async function stopTestServer(): Promise<void> {
  if (shared.testServer === undefined) return;
  const { server, folder } = shared.testServer;
  await server.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
