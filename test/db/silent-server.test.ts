import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { classifyFailure } from '../../src/db/failures';
import { ensureDatabase } from '../../src/db/embedded/ensure-database';
import { claimExclusiveUse } from '../../src/db/embedded/exclusive-use';
import { applyMigrations } from '../../src/db/migrate';
import { MIGRATIONS_FOLDER } from '../support/open-test-database';
import { startSilentServer, type SilentServer } from '../support/silent-server';

const ANSWER_MS_MAX = 3500;
const ABORT_MS_MAX = 500;
const NEVER = new AbortController().signal;

let silent: SilentServer;

beforeEach(async () => {
  silent = await startSilentServer();
});
afterEach(() => silent.close());

const server = () => ({ url: () => silent.url });
const INTERRUPTIBLE: [string, (signal: AbortSignal) => Promise<unknown>][] = [
  ['applyMigrations', (signal) => applyMigrations(silent.url, MIGRATIONS_FOLDER, signal)],
  ['ensureDatabase', (signal) => ensureDatabase(server(), 'lab', signal)],
];

describe('behind a server that accepts and keeps silent', () => {
  it.each([...INTERRUPTIBLE, ['claimExclusiveUse', () => claimExclusiveUse(server())] as const])(
    '%s fails in time, and as a database that is away',
    async (_, call) => {
      const asked = performance.now();
      const failure = await call(NEVER).catch(classifyFailure);
      expect(failure).toBe('UNAVAILABLE');
      expect(performance.now() - asked).toBeLessThan(ANSWER_MS_MAX);
    },
  );

  it.each(INTERRUPTIBLE)('%s ends at once when it is told to', async (_, call) => {
    const controller = new AbortController();
    const failure = call(controller.signal).catch((error: unknown) => error);
    await silent.visited;
    const aborted = performance.now();
    controller.abort();
    expect(await failure).toBe(controller.signal.reason);
    expect(performance.now() - aborted).toBeLessThan(ABORT_MS_MAX);
  });
});
