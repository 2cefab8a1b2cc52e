import { setTimeout as delay } from 'node:timers/promises';
import type { JobTaker } from './bull-parts';

const PAUSE_MS = 300;

/** The part of a BullMQ worker that is needed here. */
export interface OpenedTaker {
  /** Rejects if its first look at the server failed, and then does so for ever. */
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * BullMQ's worker remembers for ever that its first look at the database failed, be it for a connection that took too
 * long on a busy machine: it would never take a job. So it is opened anew until a look succeeds; from then on it comes
 * back by itself.
 */
export class ReopeningTaker implements JobTaker {
  private taker: OpenedTaker;
  private closing = false;

  constructor(
    private readonly open: () => OpenedTaker,
    private readonly onError: (error: Error) => void,
  ) {
    this.taker = open();
    void this.untilReady();
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.taker.close();
  }

  /** A connection to Postgres ends by itself. */
  cutOff(): void {}

  private async untilReady(): Promise<void> {
    while (!(await this.isReady())) {
      if (this.closing) return;
      await this.taker.close().catch(this.onError);
      await delay(PAUSE_MS);
      if (this.closing) return;
      this.taker = this.open();
    }
  }

  /** What failed the worker reports by itself. */
  private async isReady(): Promise<boolean> {
    return this.taker.waitUntilReady().then(
      () => true,
      () => false,
    );
  }
}
