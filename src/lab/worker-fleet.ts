import { fork, type ChildProcess } from 'node:child_process';
import type { Logger } from 'pino';
import { childEnvironment } from '../config';
import type { Addresses } from '../queue/location';
import { WORKER_FILE } from './places';

const RESTART_AFTER_MS = 1000;
/** A worker that has not ended this long after it was asked to is killed; its shard's lease then runs out. */
const STOP_WITHIN_MS = 10_000;

export interface FleetSettings {
  readonly size: number;
  readonly addresses: Addresses;
  readonly logLevel: string;
  readonly logger: Logger;
}

/** The worker processes beside an API: one that dies is replaced. They end when this process does, however it ends. */
export class WorkerFleet {
  private readonly workers = new Set<ChildProcess>();
  private readonly restarts = new Set<NodeJS.Timeout>();
  private stopping = false;

  constructor(private readonly settings: FleetSettings) {
    for (let count = 0; count < settings.size; count++) this.startWorker();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    for (const restart of this.restarts) clearTimeout(restart);
    await Promise.all([...this.workers].map(ended));
  }

  private startWorker(): void {
    const { addresses, logLevel, logger } = this.settings;
    const env = childEnvironment({
      DATABASE_URL: addresses.databaseUrl,
      REDIS_URL: addresses.redisUrl ?? '',
      LOG_LEVEL: logLevel,
    });
    const worker = fork(WORKER_FILE, { env });
    this.workers.add(worker);
    worker.once('error', (error) => logger.warn({ err: error }, 'a worker could not be started or told'));
    worker.once('exit', (code, signal) => {
      this.workers.delete(worker);
      if (this.stopping) return;
      logger.warn({ pid: worker.pid, code, signal }, 'worker died; starting another');
      this.restartSoon();
    });
  }

  private restartSoon(): void {
    const restart = setTimeout(() => {
      this.restarts.delete(restart);
      this.startWorker();
    }, RESTART_AFTER_MS);
    this.restarts.add(restart);
  }
}

/** Asks a worker to end and waits until it has. */
function ended(worker: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const kill = setTimeout(() => worker.kill('SIGKILL'), STOP_WITHIN_MS);
    worker.once('exit', () => {
      clearTimeout(kill);
      resolve();
    });
    worker.kill('SIGTERM');
  });
}
