/**
 * The outcome of the work, unless the signal aborts first: then the signal's reason is thrown, and the work goes on
 * unheeded.
 */
export function orAborted<Outcome>(work: Promise<Outcome>, signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** For those who do not want to abort. */
export const NEVER_ABORTED = new AbortController().signal;
