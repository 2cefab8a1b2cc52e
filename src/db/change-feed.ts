import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { ExperimentId } from '../model/ids';
import type { ChangeFeed } from '../experiments/ports/change-feed';

/** Postgres' name for the wake-ups; the payload is the experiment's id, sent in the transaction of the change. */
export const CHANGES_CHANNEL = 'lab_changes';

const CONNECT_MS_MAX = 2000;
/** A connection can die without a word: a heartbeat that is not answered in time ends it. */
const HEARTBEAT_MS = 5000;
const HEARTBEAT_ANSWER_MS_MAX = 2000;
const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 5000;
const GOODBYE_MS_MAX = 500;

/**
 * One LISTEN connection for the whole process, opened with the first subscription. It comes back by itself, and wakes
 * everybody whenever it is (again) up, for nobody knows what was missed meanwhile.
 */
export class PostgresChangeFeed implements ChangeFeed {
  private readonly subscribers = new Map<string, Set<() => void>>();
  private readonly closing = new AbortController();
  private listening: Promise<void> | null = null;

  constructor(private readonly url: string) {}

  subscribe(id: ExperimentId, wake: () => void): () => void {
    // A function of its own: the same one may be subscribed twice.
    const subscriber = (): void => wake();
    const own = this.subscribers.get(id) ?? new Set();
    this.subscribers.set(id, own.add(subscriber));
    this.listening ??= this.keepListening();
    return () => this.unsubscribe(id, subscriber);
  }

  /** Ends the connection; nobody is woken any more. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.listening;
  }

  private unsubscribe(id: ExperimentId, subscriber: () => void): void {
    const own = this.subscribers.get(id);
    own?.delete(subscriber);
    if (own?.size === 0) this.subscribers.delete(id);
  }

  private async keepListening(): Promise<void> {
    const { signal } = this.closing;
    let retryMs = RETRY_MS_MIN;
    while (!signal.aborted) {
      const wasUp = await this.listenUntilBroken();
      retryMs = wasUp ? RETRY_MS_MIN : Math.min(retryMs * 2, RETRY_MS_MAX);
      await untilAborted(delay(retryMs, undefined, { signal }));
    }
  }

  /** Whether it was up at all. */
  private async listenUntilBroken(): Promise<boolean> {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: CONNECT_MS_MAX,
      query_timeout: HEARTBEAT_ANSWER_MS_MAX,
      keepAlive: true,
    });
    const broken = new AbortController();
    client.on('error', () => broken.abort());
    client.on('end', () => broken.abort());
    client.on('notification', ({ payload }) => this.wake(payload ?? ''));
    let wasUp = false;
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANGES_CHANNEL}`);
      wasUp = true;
      this.wakeAll();
      await this.beatUntil(client, AbortSignal.any([broken.signal, this.closing.signal]));
    } catch {
      // Whatever it was: the loop connects again, and the wake-up then makes good for it.
    }
    await Promise.race([
      client.end().catch(() => undefined),
      delay(GOODBYE_MS_MAX, undefined, { ref: false }),
    ]);
    return wasUp;
  }

  private async beatUntil(client: pg.Client, over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      await untilAborted(delay(HEARTBEAT_MS, undefined, { signal: over }));
      if (!over.aborted) await client.query('SELECT 1');
    }
  }

  private wake(id: string): void {
    if (this.closing.signal.aborted) return;
    for (const subscriber of [...(this.subscribers.get(id) ?? [])]) subscriber();
  }

  private wakeAll(): void {
    for (const id of [...this.subscribers.keys()]) this.wake(id);
  }
}

/** A timer whose only failure is that it was called off. */
async function untilAborted(timer: Promise<void>): Promise<void> {
  await timer.catch(() => undefined);
}
