import type { Database } from '../src/db/open-database';
import { StoreUnavailableError } from '../src/experiments/ports/stores';
import type { Report } from '../src/experiments/ports/report';
import { pause } from '../src/experiments/wake-up';

const EVERY_MS = 3_600_000;

/** Forgets, every hour, what nobody will ask for again; until the signal aborts. */
export async function keepHouse(database: Database, report: Report, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const forgotten = await database.purgeIdempotencyKeys();
      report.info({ forgotten }, 'old idempotency keys forgotten');
    } catch (error) {
      if (!(error instanceof StoreUnavailableError))
        report.warn({ err: error }, 'idempotency keys not forgotten this time');
    }
    await pause(EVERY_MS, signal);
  }
}
