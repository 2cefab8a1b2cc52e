import { stopRequest } from './lab/stop-request';
import 'reflect-metadata';
import { readSettings, SettingsError } from './config';
import { DatabaseServerError } from './lab/database-server';
import { createLogger } from './lab/logger';
import { startLab } from './lab/start-lab';

/** Serves the lab until it is told to stop; told twice, it ends at once and the next start finds what it left. */
async function main(): Promise<void> {
  const settings = readSettings();
  const logger = createLogger('lab', settings.logLevel);
  const lab = await startLab(settings, logger, stopRequest);
  if (!stopRequest.aborted)
    console.log(
      `Replication Lab is ready. Playground ${lab.url}/ · GraphQL ${lab.url}/graphql · Ctrl-C stops it.`,
    );
  const failure = await Promise.race([lab.failure, stopRequested()]);
  if (failure !== null) console.error(failure.message);
  await lab.stop();
  if (failure !== null) process.exit(1);
  end();
}

function stopRequested(): Promise<null> {
  return new Promise((resolve) => {
    if (stopRequest.aborted) resolve(null);
    stopRequest.addEventListener('abort', () => resolve(null), { once: true });
  });
}

function end(): never {
  console.log('Stopped.');
  process.exit(0);
}

main().catch((error: unknown) => {
  if (stopRequest.aborted && error === stopRequest.reason) end();
  const isSentence = error instanceof SettingsError || error instanceof DatabaseServerError;
  console.error(isSentence ? error.message : error);
  process.exit(1);
});
