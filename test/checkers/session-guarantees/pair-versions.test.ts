import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { PairVersions, raise, READ, WRITTEN } from '../../../src/checkers/session-guarantees/pair-versions';

describe('the versions of pairs of session and key', () => {
  it.each([
    ['few of very many', 2 ** 40, 2 ** 33],
    ['few', 2_000, 1],
    ['many', 60, 1],
  ])('are the newest of each kind, for %s pairs', (_, pairs, apart) => {
    const step = fc.record({
      lot: fc.nat({ max: 100 }),
      version: fc.integer({ min: 1, max: 50 }),
      isRead: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
        const versions = new PairVersions(pairs);
        const newest = (pair: number, kind: number): number => {
          const place = versions.claim(pair);
          return versions.cells[place + kind];
        };
        const expected = new Map<string, number>();
        for (const { lot, version, isRead } of steps) {
          const pair = (lot * apart) % pairs;
          const kind = isRead ? READ : WRITTEN;
          const before = expected.get(`${pair} ${kind}`) ?? 0;
          expect(newest(pair, kind)).toBe(before);
          versions.fetch(Float64Array.of(pair), { first: 0, step: 1, end: 1 });
          const place = versions.claim(pair);
          raise(versions.cells, place + kind, version);
          expected.set(`${pair} ${kind}`, Math.max(before, version));
        }
        for (const [name, version] of expected) {
          const [pair, kind] = name.split(' ').map(Number);
          expect(newest(pair, kind)).toBe(version);
        }
      }),
      { numRuns: 50 },
    );
  });
});
