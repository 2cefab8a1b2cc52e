import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_RETRY } from '../../src/model/spec/defaults';
import type { BackoffSpec } from '../../src/model/spec/workload';
import { BackOff } from '../../src/engine/back-off';
import { RandomStreams } from '../../src/engine/random-streams';
import { kolmogorovSmirnov, KOLMOGOROV_AT_0_1_PERCENT } from './statistics';

const stream = () => new RandomStreams(8n).stream({ purpose: 'test', entity: 'back-off' });
const backOff = (changes: Partial<BackoffSpec>, attempts = 6): BackOff =>
  new BackOff({ attempts, backoff: { initialMs: 100, factor: 2, maxMs: 1000, jitter: 0, ...changes } });
const delaysOf = (law: BackOff): number[] =>
  Array.from({ length: law.retries }, (_, index) => law.delayMs(index + 1, stream()));

describe('BackOff', () => {
  it('without jitter doubles the wait until it is the longest', () => {
    expect(delaysOf(backOff({}))).toEqual([100, 200, 400, 800, 1000]);
  });

  it('with a factor of 1 waits the same each time', () => {
    expect(delaysOf(backOff({ factor: 1 }))).toEqual([100, 100, 100, 100, 100]);
  });

  it('knows no retry by default', () => {
    expect(new BackOff(DEFAULT_RETRY).retries).toBe(0);
  });

  it.each([
    [1, 'full', 0],
    [0.5, 'equal', 200],
    [0.1, 'a little', 360],
  ])(
    'with a jitter of %p (%s) waits uniformly from %p to 400 ms before the third retry',
    (jitter, _, least) => {
      const random = stream();
      const delays = Array.from({ length: 20_000 }, () => backOff({ jitter }).delayMs(3, random));
      const distance = kolmogorovSmirnov(delays, (ms) =>
        Math.min(1, Math.max(0, (ms - least) / (400 - least))),
      );
      expect(distance).toBeLessThan(KOLMOGOROV_AT_0_1_PERCENT);
    },
  );

  it('stays within its bounds, is never NaN, and draws once', () => {
    const shape = {
      initialMs: fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e9, noNaN: true })),
      factor: fc.double({ min: 1, max: 100, noNaN: true }),
      maxMs: fc.double({ min: 1e9, max: 2_592_000_000, noNaN: true }),
      jitter: fc.double({ min: 0, max: 1, noNaN: true }),
    };
    fc.assert(
      fc.property(fc.record(shape), fc.integer({ min: 1, max: 99 }), (backoff, retry) => {
        const random = stream();
        const delayMs = backOff(backoff, 100).delayMs(retry, random);
        const longestMs = Math.min(backoff.maxMs, backoff.initialMs * backoff.factor ** (retry - 1));
        expect(delayMs).toBeGreaterThanOrEqual(longestMs * (1 - backoff.jitter) * (1 - 1e-12));
        expect(delayMs).toBeLessThanOrEqual(longestMs * (1 + 1e-12));
        const other = stream();
        other.uniform();
        expect(random.integer()).toBe(other.integer());
      }),
      { seed: 2 },
    );
  });
});
