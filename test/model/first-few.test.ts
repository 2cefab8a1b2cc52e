import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { FirstFew } from '../../src/model/first-few';

describe('the first few', () => {
  it('are the first of all that were shown, whatever came together and when', () => {
    const shown = fc.array(fc.array(fc.record({ rank: fc.nat({ max: 9 }), name: fc.nat() })));
    fc.assert(
      fc.property(shown, (batches) => {
        const first = new FirstFew<{ rank: number; name: number }>(5, ({ rank }) => [rank]);
        for (const batch of batches) first.add(batch);
        const sorted = batches.flat().sort((one, other) => one.rank - other.rank);
        expect(first.all()).toEqual(sorted.slice(0, 5));
      }),
    );
  });
});
