/** npm hands on to its child the Ctrl-C that the terminal has given to both: what comes this soon is the same one. */
const SAME_REQUEST_MS = 500;

const stopping = new AbortController();
let askedAt = 0;

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    const now = performance.now();
    if (!stopping.signal.aborted) askedAt = now;
    else if (now - askedAt > SAME_REQUEST_MS) process.exit(1);
    stopping.abort();
  });

/**
 * Aborts when the user or the system asks this process to stop (SIGINT, SIGTERM); asked twice, the process ends at
 * once. A root imports this module before all others: they take half a second to load, and a Ctrl-C in that time must
 * neither be lost nor end the process by the signal.
 */
export const stopRequest: AbortSignal = stopping.signal;
