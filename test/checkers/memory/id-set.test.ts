import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { IdSet } from '../../../src/checkers/memory/id-set';

describe('a set of ids', () => {
  it('has what was added to it, once, and tells it rising', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5_000 }), { maxLength: 100 }), (ids) => {
        const set = new IdSet();
        const expected = new Set<number>();
        for (const id of ids) {
          expect(set.has(id)).toBe(expected.has(id));
          expect(set.add(id)).toBe(!expected.has(id));
          expected.add(id);
        }
        const told: number[] = [];
        set.forEach((id) => told.push(id));
        expect(told).toEqual([...expected].sort((one, other) => one - other));
        expect(set.size).toBe(expected.size);
        expect(set.has(1_000_000)).toBe(false);
      }),
    );
  });
});
