import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { RowTable } from '../../src/model/row-table';

/** Neighbouring keys, keys apart by powers of two, and the largest: what clusters, and what loses its high bits. */
const keys = fc.oneof(
  fc.nat({ max: 400 }),
  fc.nat({ max: 400 }).map((key) => key * 2 ** 32 + 7),
  fc.nat({ max: 400 }).map((key) => key * 4096),
  fc.constantFrom(0, 2 ** 31, 2 ** 53 - 2),
);
const steps = fc.array(fc.record({ key: keys, removes: fc.boolean() }), { maxLength: 600, size: 'max' });

function contentOf(table: RowTable): ReadonlyMap<number, readonly number[]> {
  const content = new Map<number, readonly number[]>();
  table.forEach((offset) => {
    content.set(table.keyAt(offset), [...table.rows.subarray(offset + 1, offset + table.width)]);
  });
  return content;
}

describe.each(['SPREAD', 'NEIGHBOURING'] as const)('a table of rows, %s', (placement) => {
  it('holds what a map holds, whatever is claimed and removed', () => {
    fc.assert(
      fc.property(steps, (chosen) => {
        const table = new RowTable(3, placement);
        const expected = new Map<number, readonly number[]>();
        chosen.forEach(({ key, removes }, step) => {
          const offset = table.find(key);
          expect(offset !== -1).toBe(expected.has(key));
          if (removes && offset !== -1) {
            table.remove(offset);
            expected.delete(key);
          } else if (!removes) {
            const claimed = table.claim(key);
            table.rows[claimed + 1] = key;
            table.rows[claimed + 2] = step;
            expected.set(key, [key, step]);
          }
          expect(table.size).toBe(expected.size);
        });
        expect(contentOf(table)).toEqual(expected);
        const keys = [...expected.keys()];
        expect(keys.map((key) => table.keyAt(table.find(key)))).toEqual(keys);
      }),
      { numRuns: 60 },
    );
  });

  it('gives a new row zeros, also where another was removed', () => {
    const table = new RowTable(2, placement);
    const former = table.claim(5);
    table.rows[former + 1] = 9;
    table.remove(former);
    expect(table.rows[table.claim(5) + 1]).toBe(0);
  });

  it('holds a window of ids that moves on, with stragglers that stay for ever', () => {
    const table = new RowTable(2, placement);
    const kept = new Set<number>();
    for (let id = 0; id < 5_000; id += 1) {
      table.rows[table.claim(id) + 1] = id;
      kept.add(id);
      const leaving = id - 40 - ((id * 7) % 11);
      if (leaving < 0 || leaving % 97 === 0 || !kept.delete(leaving)) continue;
      table.remove(table.find(leaving));
    }
    expect([...contentOf(table).keys()].sort((one, other) => one - other)).toEqual([...kept]);
    expect([...kept].map((id) => table.rows[table.find(id) + 1])).toEqual([...kept]);
  });
});
