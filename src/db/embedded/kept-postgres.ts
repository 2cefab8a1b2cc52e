import type { Report } from '../../experiments/ports/report';
import { pause } from '../../experiments/wake-up';
import { classifyFailure } from '../failures';
import { orAborted } from '../or-aborted';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded-postgres';
import { claimExclusiveUse, type ExclusiveUse } from './exclusive-use';

/** An embedded server for this process alone, which is started again when it dies: same port, same password. */
export interface KeptPostgres {
  /** The address of a database of this server, password included; good for as long as it is kept. */
  url(database: string): string;
  /** Resolves if the server cannot be kept running; the message is a sentence for the user. Otherwise never. */
  readonly failure: Promise<Error>;
  /** Ends the server and waits for it. */
  stop(): Promise<void>;
}

export interface KeptPostgresOptions extends EmbeddedPostgresOptions {
  readonly report: Report;
  /** Gives up the first start: nothing is left of it. */
  readonly signal: AbortSignal;
}

interface Held {
  readonly server: EmbeddedPostgres;
  readonly use: ExclusiveUse;
}

const holdAttemptsMax = 5;
const holdPauseMs = 200;
/** A server that dies more often than this within the period will not live. */
const deathsMax = 5;
const deathsPeriodMs = 60_000;

/**
 * Starts the embedded server, or adopts the one in `dataDir`, and keeps it running. Null: another lab uses it.
 * @throws Error if it cannot be started; the signal's reason if that aborts
 */
export async function keepPostgres(options: KeptPostgresOptions): Promise<KeptPostgres | null> {
  const held = await hold(options);
  return held === null ? null : new Keeper(held, options);
}

class Keeper implements KeptPostgres {
  readonly failure: Promise<Error>;
  private readonly stopping = new AbortController();
  private readonly keeping: Promise<Error | null>;
  private readonly port: number;
  private deathsAt: readonly number[] = [];

  constructor(
    private held: Held,
    private readonly options: KeptPostgresOptions,
  ) {
    this.port = held.server.port;
    this.keeping = this.keep();
    this.failure = new Promise((resolve) => {
      void this.keeping.then((error) => error !== null && resolve(error));
    });
  }

  url(database: string): string {
    return this.held.server.url(database);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    // Without the use of it the server may be another lab's by now.
    if ((await this.keeping) === null) await letGo(this.held);
  }

  /** Null: it was told to stop. */
  private async keep(): Promise<Error | null> {
    const { signal } = this.stopping;
    try {
      for (;;) {
        await orAborted(this.held.use.over, signal);
        await this.startAgain();
      }
    } catch (error) {
      return error === signal.reason ? null : asSentence(error);
    }
  }

  private async startAgain(): Promise<void> {
    const { report } = this.options;
    const diedAt = performance.now();
    const { pid } = this.held.server;
    report.warn({ pid }, 'the embedded Postgres died, or broke the connection; starting it again');
    this.countDeath(diedAt);
    this.held = await this.holdOnSamePort();
    const facts = { pid: this.held.server.pid, downMs: Math.round(performance.now() - diedAt) };
    report.warn(facts, 'the embedded Postgres runs again');
  }

  private async holdOnSamePort(): Promise<Held> {
    const held = await hold({ ...this.options, port: this.port, signal: this.stopping.signal });
    if (held === null)
      throw new Error('The embedded Postgres died, and another lab took its data folder over meanwhile.');
    if (held.server.port === this.port) return held;
    // Another lab started it meanwhile, and is gone again: everybody here knows the old address.
    await letGo(held);
    return this.holdOnSamePort();
  }

  private countDeath(now: number): void {
    this.deathsAt = [...this.deathsAt.filter((at) => now - at < deathsPeriodMs), now];
    if (this.deathsAt.length <= deathsMax) return;
    const { logFile } = this.held.server;
    throw new Error(
      `The embedded Postgres died ${this.deathsAt.length} times within a minute; its log is ${logFile}.`,
    );
  }
}

/** Starts or adopts the server and claims it; what dies or does not answer meanwhile is tried again a few times. */
async function hold(options: KeptPostgresOptions): Promise<Held | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryToHold(options);
    } catch (error) {
      if (attempt === holdAttemptsMax || classifyFailure(error) !== 'UNAVAILABLE') throw error;
    }
    await pause(attempt * holdPauseMs, options.signal);
    options.signal.throwIfAborted();
  }
}

async function tryToHold(options: KeptPostgresOptions): Promise<Held | null> {
  const server = await startEmbeddedPostgres(options);
  const use = await claimOrStop(server);
  if (use === null) return null;
  const held = { server, use };
  if (!options.signal.aborted) return held;
  await letGo(held);
  throw options.signal.reason;
}

async function claimOrStop(server: EmbeddedPostgres): Promise<ExclusiveUse | null> {
  try {
    return await claimExclusiveUse(server);
  } catch (error) {
    if (!server.adopted) await server.stop();
    throw error;
  }
}

/** The server first: as long as it lives nobody else shall think that it is to be had. */
async function letGo({ server, use }: Held): Promise<void> {
  await server.stop();
  await use.release();
}

function asSentence(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
