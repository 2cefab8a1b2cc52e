import { Redis, type RedisOptions } from 'ioredis';
import { within } from './time-limit';

const CONNECT_WITHIN_MS = 2000;
/** Of a call by a producer, whose caller waits. */
const ANSWER_WITHIN_MS = 1500;
/** A connection that stays silent this long after a command is dead; longer than a worker waits for a job (5 s). */
const SILENT_MS_MAX = 10_000;
const RECONNECT_MS_MAX = 1000;

/** 100 ms, 200 ms … and then every second, for ever. */
function reconnectDelay(attempt: number): number {
  return Math.min(attempt * 100, RECONNECT_MS_MAX);
}

const COMMON = {
  connectTimeout: CONNECT_WITHIN_MS,
  socketTimeout: SILENT_MS_MAX,
  disconnectTimeout: 1000,
  retryStrategy: reconnectDelay,
} as const;

/**
 * A producer's connection: a call fails at once while there is no server, instead of waiting in line for one; the
 * connection comes back by itself. Connects when first told to.
 */
export function producerConnection(redisUrl: string): Redis {
  const options = { maxRetriesPerRequest: 0, enableOfflineQueue: false, commandTimeout: ANSWER_WITHIN_MS };
  return new Redis(redisUrl, {
    ...COMMON,
    ...options,
    autoResendUnfulfilledCommands: false,
    lazyConnect: true,
  });
}

/**
 * A worker's connection: its calls wait for the server as long as it takes. BullMQ makes a copy of it to wait for
 * jobs; both must be at hand to be ended, for BullMQ waits for ever for the end of a connection that is between two
 * attempts to reconnect (its issue 4656).
 */
export class WorkerConnection extends Redis {
  private readonly copies: Redis[] = [];
  private readonly life: { ending: boolean };

  constructor(redisUrl: string) {
    const life = { ending: false };
    super(redisUrl, {
      ...COMMON,
      maxRetriesPerRequest: null,
      retryStrategy: (attempt) => (life.ending ? null : reconnectDelay(attempt)),
    });
    this.life = life;
  }

  override duplicate(changes?: Partial<RedisOptions>): Redis {
    const copy = super.duplicate(changes);
    this.copies.push(copy);
    return copy;
  }

  /**
   * From now on a broken connection is not made again: what still waits for it fails. Resolves when no connection is
   * between two attempts, with an error if that takes too long.
   */
  async endReconnecting(): Promise<void> {
    this.life.ending = true;
    const between = this.all().filter(({ status }) => status === 'reconnecting' || status === 'connecting');
    const settled = Promise.all(between.map(readyOrEnded));
    await within(CONNECT_WITHIN_MS, settled, 'The connections to Redis do not settle.');
  }

  /** Ends all connections now. */
  cutOff(): void {
    this.life.ending = true;
    for (const connection of this.all()) connection.disconnect();
  }

  private all(): readonly Redis[] {
    return [this, ...this.copies];
  }
}

function readyOrEnded(connection: Redis): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ['ready', 'end']) connection.once(event, () => resolve());
  });
}

/** ioredis attaches the command to an error, and with it the password of a refused login. */
export function withoutCommand(error: unknown): Error {
  const told = typeof error === 'object' && error !== null && 'message' in error;
  return new Error(String(told ? error.message : error));
}
