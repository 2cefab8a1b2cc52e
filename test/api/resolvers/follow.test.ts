import { describe, expect, it } from '@jest/globals';
import { follow } from '../../../src/api/resolvers/follow';

/** One item, then silence until the signal. */
async function* quiet(signal: AbortSignal): AsyncGenerator<number> {
  yield 1;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

describe('following', () => {
  it('hands on every item and ends with the source', async () => {
    const seen: number[] = [];
    const source = async function* (): AsyncGenerator<number> {
      yield* [1, 2, 3];
    };
    for await (const item of await follow(async () => source())) seen.push(item);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('ends at once when its reader leaves, though no further item comes', async () => {
    const items = await follow(async (signal) => quiet(signal));
    await items.next();
    const waiting = items.next();
    await items.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('of nothing is NOT_FOUND', async () => {
    await expect(follow(async () => null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
