import 'reflect-metadata';
import { readSettings, SettingsError } from './config';
import { createLogger } from './lab/logger';
import { startLab } from './lab/start-lab';

/** Serves the lab until it is told to stop; told twice, it ends at once and the next start finds what it left. */
async function main(): Promise<void> {
  const settings = readSettings();
  const logger = createLogger('lab', settings.logLevel);
  const stopping = new AbortController();
  const stopRequested = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve());
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(1);
      stopping.abort();
    });
  const lab = await startLab(settings, logger, stopping.signal);
  if (!stopping.signal.aborted)
    console.log(
      `Replication Lab is ready. Playground ${lab.url}/ · GraphQL ${lab.url}/graphql · Ctrl-C stops it.`,
    );
  await stopRequested;
  await lab.stop();
  console.log('Stopped.');
  process.exit(0);
}

main().catch((error: unknown) => {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
});
