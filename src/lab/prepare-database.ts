import type { Logger } from 'pino';
import { applyMigrations } from '../db/migrate';
import { pause } from '../experiments/wake-up';
import { MIGRATIONS_FOLDER } from './places';
import { prepareQueue } from '../queue/backend';

const RETRY_MS = 1000;
const ATTEMPTS_MAX = 60;

/** Brings the lab's tables and the queue's to their newest form. A database that is away is waited for, a minute. */
export async function prepareDatabase(url: string, logger: Logger, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt++) {
    try {
      const applied = await applyMigrations(url, MIGRATIONS_FOLDER);
      await prepareQueue(url);
      logger.info({ applied }, 'database ready');
      return;
    } catch (error) {
      if (attempt === ATTEMPTS_MAX || !isAway(error)) throw error;
      logger.warn({ cause: String(error) }, 'the database is away; trying again');
      await pause(RETRY_MS, signal);
    }
  }
}

/** Nobody listens, the server is starting or stopping, or the connection broke. */
function isAway(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|57P0|08)/.test(code);
}
