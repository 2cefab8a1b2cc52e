import type { Database } from '../db/open-database';
import type { OpenQueue } from '../queue/open-queue';

/** What every process of a lab works with. */
export interface Adapters {
  readonly database: Pick<Database, 'ready'>;
  readonly queue: Pick<OpenQueue, 'ready'>;
}

/** Why no work can be done, one sentence each: empty when it can. The queue may lie in the database: that first. */
export async function reasonsAgainst({ database, queue }: Adapters): Promise<readonly string[]> {
  const reasons = await databaseReasons(database);
  return reasons.length > 0 ? reasons : queue.ready();
}

async function databaseReasons(database: Adapters['database']): Promise<readonly string[]> {
  try {
    return await database.ready();
  } catch (error) {
    return [`The database cannot be used: ${error instanceof Error ? error.message : String(error)}.`];
  }
}
