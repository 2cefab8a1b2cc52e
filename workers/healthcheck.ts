import { readSettings, SettingsError } from '../src/config';
import { openDatabase } from '../src/db/open-database';
import { MIGRATIONS_FOLDER } from '../src/lab/places';
import { reasonsAgainst } from '../src/lab/readiness';
import { queueLocation } from '../src/queue/location';
import { openQueue } from '../src/queue/open-queue';

const WITHIN_MS = 5000;

/** Whether a worker with these settings could work now: exit code 0, or 1 and the reasons. A worker serves no port. */
async function main(): Promise<void> {
  const { databaseUrl, redisUrl } = readSettings();
  if (databaseUrl === null) throw new SettingsError('A worker needs DATABASE_URL; give the one of its API.');
  const database = openDatabase(databaseUrl, { migrationsFolder: MIGRATIONS_FOLDER, connectionsMax: 1 });
  const onError = (error: Error): void => console.error(error.message);
  const queue = openQueue({ location: queueLocation({ databaseUrl, redisUrl }), onError });
  const reasons = await reasonsAgainst({ database, queue });
  for (const reason of reasons) console.error(reason);
  process.exit(reasons.length === 0 ? 0 : 1);
}

setTimeout(() => {
  console.error(`There was no answer within ${WITHIN_MS} ms.`);
  process.exit(1);
}, WITHIN_MS).unref();
main().catch((error: unknown) => {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
});
