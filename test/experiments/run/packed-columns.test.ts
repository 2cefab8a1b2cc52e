import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeColumns, encodeColumns } from '../../../src/experiments/run/packed-columns';

const value = fc.option(fc.oneof(fc.nat({ max: 300 }), fc.nat(), fc.integer({ min: 0, max: 2 ** 53 - 2 })));

/** Of one number throughout, or not. */
function column(rows: number): fc.Arbitrary<(number | null)[]> {
  return fc.oneof(
    fc.array(value, { minLength: rows, maxLength: rows }),
    value.map((each) => Array.from({ length: rows }, () => each)),
  );
}

describe('packed columns', () => {
  it('are read back one by one as they were, NaN where there was nothing', () => {
    const table = fc
      .record({ rows: fc.integer({ min: 1, max: 200 }), columns: fc.integer({ min: 1, max: 5 }) })
      .chain(({ rows, columns }) =>
        fc.array(column(rows), {
          minLength: columns,
          maxLength: columns,
        }),
      );
    fc.assert(
      fc.property(table, (columns) => {
        const packed = decodeColumns(
          encodeColumns(columns.map((values, index) => ({ name: `column ${index}`, values }))),
        );
        columns.forEach((values, index) =>
          expect(Array.from(packed.read(`column ${index}`) ?? [])).toEqual(values.map((each) => each ?? NaN)),
        );
      }),
    );
  });

  it('take what several columns have in common once, and are read back all the same', () => {
    const values = Array.from({ length: 200 }, (_, row) => (row * row * 7919) % 65_521);
    const columns = ['first', 'between', 'again', 'last'].map((name) => ({
      name,
      values: name === 'between' ? values.map((each) => each + 1) : values,
    }));
    const encoded = encodeColumns(columns);
    expect(encoded.length).toBeLessThan(encodeColumns(columns.slice(0, 2)).length + 20);
    const packed = decodeColumns(encoded);
    for (const column of columns) expect(Array.from(packed.read(column.name) ?? [])).toEqual(column.values);
  });

  it('of the first version, in which each column stood for itself, are still read', () => {
    const encoded = encodeColumns([
      { name: 'one', values: [1, 2, 3] },
      { name: 'other', values: [4, null, 6] },
    ]);
    encoded[0] = 1;
    expect(Array.from(decodeColumns(encoded).read('other') ?? [])).toEqual([4, NaN, 6]);
  });

  it('have no column that was not packed', () => {
    expect(decodeColumns(encodeColumns([{ name: 'one', values: [1] }])).read('other')).toBeNull();
  });

  it.each([-1, 0.5, 2 ** 53, NaN])('refuse %d', (wrong) => {
    expect(() => encodeColumns([{ name: 'wrong', values: [wrong] }])).toThrow('wrong is no whole number');
  });

  it('refuse bytes that are something else', () => {
    expect(() => decodeColumns(new Uint8Array([1, 2, 3]))).toThrow('no packed columns');
    expect(() => decodeColumns(new TextEncoder().encode('{"runs":1,"latencies":[]}'))).toThrow(
      'no packed columns',
    );
  });
});
