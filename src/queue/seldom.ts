const SAME_WORDS_AGAIN_AFTER_MS = 30_000;
const WORDS_MAX = 100;

/**
 * Passes an error on unless one with the same words was passed on a short time ago: while a server is away, every
 * attempt to reach it fails.
 */
export function seldom(onError: (error: Error) => void): (error: Error) => void {
  const toldAt = new Map<string, number>();
  return (error) => {
    const now = performance.now();
    const before = toldAt.get(error.message);
    if (before !== undefined && now - before < SAME_WORDS_AGAIN_AFTER_MS) return;
    if (toldAt.size === WORDS_MAX) toldAt.clear();
    toldAt.set(error.message, now);
    onError(error);
  };
}
