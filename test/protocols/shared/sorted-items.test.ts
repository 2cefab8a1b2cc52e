import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { SortedItems } from '../../../src/protocols/shared/sorted-items';

describe('sorted items', () => {
  it('are those of a set, rising, and what was handed out stays as it was', () => {
    const step = fc.record({ item: fc.nat({ max: 20 }), adds: fc.boolean(), reads: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const items = new SortedItems();
        const expected = new Set<number>();
        const lent: [readonly number[], readonly number[]][] = [];
        for (const { item, adds, reads } of steps) {
          if (adds) items.add(item);
          else items.delete(item);
          if (adds) expected.add(item);
          else expected.delete(item);
          expect(items.size).toBe(expected.size);
          if (reads) lent.push([items.all(), [...expected].sort((one, other) => one - other)]);
        }
        for (const [list, asItWas] of lent) expect(list).toEqual(asItWas);
      }),
    );
  });
});
