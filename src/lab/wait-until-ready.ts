import type { Logger } from 'pino';
import { pause } from '../experiments/wake-up';
import { reasonsAgainst, type Adapters } from './readiness';

const LOOK_AGAIN_AFTER_MS = 1000;

/** Waits for database, tables and queue, and says what it waits for when that changes; ends early if the signal aborts. */
export async function waitUntilReady(adapters: Adapters, logger: Logger, signal: AbortSignal): Promise<void> {
  let told = '';
  while (!signal.aborted) {
    const reasons = await reasonsAgainst(adapters);
    if (reasons.length === 0) return;
    if (reasons.join() !== told) logger.warn({ reasons }, 'waiting until there is what work needs');
    told = reasons.join();
    await pause(LOOK_AGAIN_AFTER_MS, signal);
  }
}
