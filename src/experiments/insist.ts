import { StoreUnavailableError } from './ports/stores';
import { aborted, pause } from './wake-up';

/** How long to wait before asking a database that was away again. */
const RETRY_MS = 250;
/** With the pauses between them and the store's own time-outs, some minutes. */
const ATTEMPTS_MAX = 240;
/** A process that stops does not wait for its database longer than this. */
const PATIENCE_WHEN_STOPPING_MS = 1500;

/** Null while the database is away. */
export async function unlessAway<Answer>(call: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof StoreUnavailableError) return null;
    throw error;
  }
}

/**
 * Repeats a write until the database answers: its fence says whether the work still counts. Null if it stayed away
 * until the patience ended, which is short once the process is stopping.
 */
export async function insist(write: () => Promise<boolean>, stopping: AbortSignal): Promise<boolean | null> {
  const settled = new AbortController();
  const answer = repeated(write, settled.signal);
  try {
    return await Promise.race([answer, patience(stopping, settled.signal)]);
  } finally {
    settled.abort();
    // What comes after the patience has ended is nobody's any more.
    answer.catch(() => undefined);
  }
}

async function repeated(write: () => Promise<boolean>, settled: AbortSignal): Promise<boolean | null> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX && !settled.aborted; attempt++) {
    const answer = await unlessAway(write);
    if (answer !== null) return answer;
    await pause(RETRY_MS, settled);
  }
  return null;
}

/** Null a while after the stop; for ever if there is none, and soon when all is settled. */
async function patience(stopping: AbortSignal, settled: AbortSignal): Promise<null> {
  await aborted(stopping, settled);
  if (!settled.aborted) await pause(PATIENCE_WHEN_STOPPING_MS, settled);
  return null;
}
