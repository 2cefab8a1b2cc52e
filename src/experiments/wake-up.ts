import { setTimeout as delay } from 'node:timers/promises';

/** A latched call: a wake-up that comes while nobody waits is not lost. */
export class WakeUp {
  private woken = false;
  private waiting: (() => void) | null = null;

  readonly wake = (): void => {
    this.woken = true;
    this.waiting?.();
  };

  /** Resolves at the next wake-up, at the latest after `timeoutMs`, at once when the signal aborts. */
  async next(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (!this.woken && !signal.aborted) await this.wait(timeoutMs, signal);
    this.woken = false;
  }

  private async wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const cutShort = new AbortController();
    const end = (): void => cutShort.abort();
    this.waiting = end;
    signal.addEventListener('abort', end, { once: true });
    await pause(timeoutMs, cutShort.signal);
    signal.removeEventListener('abort', end);
    this.waiting = null;
  }
}

/** Resolves when one of the signals aborts. */
export function aborted(...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      for (const signal of signals) signal.removeEventListener('abort', end);
      resolve();
    };
    for (const signal of signals) signal.addEventListener('abort', end);
    if (signals.some((signal) => signal.aborted)) end();
  });
}

/** Waits that long, or until the signal aborts. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
