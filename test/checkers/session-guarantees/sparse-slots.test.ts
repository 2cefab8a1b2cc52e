import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { SparseSlots } from '../../../src/checkers/session-guarantees/sparse-slots';

describe('slots of sparse places', () => {
  it.each([
    ['few of very many', 2 ** 40, 2 ** 33],
    ['few', 2_000, 1],
    ['many', 60, 1],
  ])('are numbered in the order in which %s places are first taken', (_, places, apart) => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 100 }), { maxLength: 200, size: 'max' }), (chosen) => {
        const slots = new SparseSlots(places);
        const expected = new Map<number, number>();
        for (const lot of chosen) {
          const place = (lot * apart) % places;
          expect(slots.find(place)).toBe(expected.get(place) ?? -1);
          if (!expected.has(place)) expected.set(place, expected.size);
          expect(slots.claim(place)).toBe(expected.get(place));
        }
        for (const [place, slot] of expected) expect(slots.find(place)).toBe(slot);
      }),
      { numRuns: 50 },
    );
  });
});
