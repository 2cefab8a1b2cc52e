import type { ExperimentId } from '../model/ids';
import { isTerminal } from '../model/status';
import type { ChangeFeed } from './ports/change-feed';
import type { ExperimentEvent } from './ports/records';
import { StoreUnavailableError, type ExperimentStore } from './ports/stores';
import { pause, WakeUp } from './wake-up';

export interface Follow {
  readonly experiments: Pick<ExperimentStore, 'eventsAfter' | 'progress'>;
  readonly changes: ChangeFeed;
}

/** Readers do not depend on wake-ups: they look this often anyway. */
export const POLL_MS = 1000;
const EVENTS_READ_AT_ONCE = 500;

/**
 * Every event after a sequence, once and in order, until the experiment has ended and its last event was given.
 * Null: there is no such experiment. While the database is away the reader waits and then goes on.
 */
export async function followEvents(
  ports: Follow,
  { id, afterSequence }: { readonly id: ExperimentId; readonly afterSequence: bigint },
  signal: AbortSignal,
): Promise<AsyncIterable<ExperimentEvent> | null> {
  if ((await ports.experiments.progress(id)) === null) return null;
  return eventsFrom(ports, { id, afterSequence }, signal);
}

async function* eventsFrom(
  { experiments, changes }: Follow,
  { id, afterSequence }: { readonly id: ExperimentId; readonly afterSequence: bigint },
  signal: AbortSignal,
): AsyncGenerator<ExperimentEvent, void> {
  const wakeUp = new WakeUp();
  const unsubscribe = changes.subscribe(id, wakeUp.wake);
  let cursor = afterSequence;
  try {
    while (!signal.aborted) {
      const events = await whenAvailable(
        () => experiments.eventsAfter(id, cursor, EVENTS_READ_AT_ONCE),
        signal,
      );
      if (events === null) return;
      yield* events;
      cursor = events.at(-1)?.sequence ?? cursor;
      if (events.length > 0) continue;
      if (await hasEnded({ experiments, id, cursor }, signal)) return;
      await wakeUp.next(POLL_MS, signal);
    }
  } finally {
    unsubscribe();
  }
}

interface Reader {
  readonly experiments: Pick<ExperimentStore, 'progress'>;
  readonly id: ExperimentId;
  readonly cursor: bigint;
}

/** No event will follow the cursor: the experiment is over, or is gone. */
async function hasEnded({ experiments, id, cursor }: Reader, signal: AbortSignal): Promise<boolean> {
  const progress = await whenAvailable(() => experiments.progress(id), signal);
  return progress === null || (isTerminal(progress.status) && progress.sequence <= cursor);
}

/** Repeats a read while the database is away; null when the signal aborts. */
export async function whenAvailable<Answer>(
  read: () => Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer | null> {
  while (!signal.aborted) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      await pause(POLL_MS, signal);
    }
  }
  return null;
}
