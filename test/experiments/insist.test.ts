import { describe, expect, it } from '@jest/globals';
import { insist } from '../../src/experiments/insist';
import { StoreUnavailableError } from '../../src/experiments/ports/stores';

const NEVER = new AbortController().signal;
const away = (): Promise<never> => Promise.reject(new StoreUnavailableError('away'));

/** Milliseconds that something takes. */
async function duration(work: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work;
  return performance.now() - start;
}

describe('insisting on a write', () => {
  it('repeats it until the database is back, and gives its answer', async () => {
    let attempts = 0;
    const write = async (): Promise<boolean> => (++attempts < 3 ? away() : false);
    expect(await insist(write, NEVER)).toBe(false);
    expect(attempts).toBe(3);
  });

  it.each([
    ['refuses', away],
    ['hangs', () => new Promise<never>(() => undefined)],
  ])('gives up soon when the process stops and the database %s', async (_, write) => {
    const stopping = AbortSignal.abort();
    expect(await insist(write, stopping)).toBeNull();
    expect(await duration(insist(write, stopping))).toBeLessThan(3000);
  });

  it('still writes when the process stops, if there is a database', async () => {
    expect(await insist(async () => true, AbortSignal.abort())).toBe(true);
  });

  it('throws what is no absence of the database', async () => {
    await expect(insist(() => Promise.reject(new Error('wrong')), NEVER)).rejects.toThrow('wrong');
  });
});
