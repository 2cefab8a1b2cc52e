import { setTimeout } from 'node:timers/promises';

const pollMs = 10;

/**
 * Asks every 10 ms until the condition holds.
 * @returns whether it came to hold within `timeoutMs`
 */
export async function waitUntil(condition: () => boolean, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > deadline) return false;
    await setTimeout(pollMs);
  }
  return true;
}
