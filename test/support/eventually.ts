import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 10;

/**
 * Asks again and again until the answer is true.
 * @returns how long that took, in ms
 * @throws Error if it does not come true within `limitMs`
 */
export async function eventually(
  isTrue: () => boolean | Promise<boolean>,
  { what, limitMs }: { readonly what: string; readonly limitMs: number },
): Promise<number> {
  const asked = performance.now();
  while (!(await isTrue())) {
    if (performance.now() - asked > limitMs) throw new Error(`Not within ${limitMs} ms: ${what}.`);
    await delay(POLL_MS);
  }
  return performance.now() - asked;
}

/** Whether the lab says that it can serve; one that does not listen cannot. */
export async function isReady(labUrl: string): Promise<boolean> {
  try {
    return (await fetch(`${labUrl}/readyz`)).status === 200;
  } catch {
    return false;
  }
}
