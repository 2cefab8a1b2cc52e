import type { Logger } from 'pino';
import { classifyFailure } from '../db/failures';
import { applyMigrations } from '../db/migrate';
import { pause } from '../experiments/wake-up';
import { MIGRATIONS_FOLDER } from './places';
import { prepareQueue } from '../queue/backend';
import { queueLocation, type Addresses } from '../queue/location';

const RETRY_MS = 1000;
const GIVE_UP_AFTER_MS = 60_000;
/** A migration that has begun is finished, unless its server falls silent. */
const FINISH_WITHIN_MS = 10_000;

/**
 * Brings the lab's tables and the queue's to their newest form. A database that is away is waited for, a minute;
 * returns early when the signal aborts, and then the tables may not be there.
 */
export async function prepareDatabase(
  addresses: Addresses,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
  const late = lateAfterAbort(signal);
  while (!signal.aborted) {
    try {
      const applied = await Promise.race([prepare(addresses, signal), late]);
      logger.info({ applied }, 'database ready');
      return;
    } catch (error) {
      if (signal.aborted && error === signal.reason) return;
      if (classifyFailure(error) !== 'UNAVAILABLE' || performance.now() > giveUpAt) throw error;
      logger.warn({ cause: String(error) }, 'the database is away; trying again');
      await pause(RETRY_MS, signal);
    }
  }
}

/** The names of the migrations applied. */
async function prepare(addresses: Addresses, signal: AbortSignal): Promise<readonly string[]> {
  const applied = await applyMigrations(addresses.databaseUrl, MIGRATIONS_FOLDER, signal);
  signal.throwIfAborted();
  await prepareQueue(queueLocation(addresses));
  return applied;
}

/** Fails with the signal's reason, a while after it has aborted. */
function lateAfterAbort(signal: AbortSignal): Promise<never> {
  const late = new Promise<never>((_resolve, reject) => {
    const rejectLater = (): void => {
      setTimeout(() => reject(signal.reason as Error), FINISH_WITHIN_MS).unref();
    };
    signal.addEventListener('abort', rejectLater, { once: true });
  });
  // Usually nobody is waiting any more.
  late.catch(() => undefined);
  return late;
}
