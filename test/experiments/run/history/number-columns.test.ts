import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packNumbers, unpackNumbers } from '../../../../src/experiments/run/history/number-columns';

const PREFIX = Uint8Array.of(7);

describe('columns of numbers', () => {
  it('of any lengths and numbers are read back as they were', () => {
    const number = fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger(), fc.constantFrom(NaN, Infinity));
    fc.assert(
      fc.property(fc.array(fc.array(number), { maxLength: 5 }), (lists) => {
        const columns = lists.map((list, index) => ({ name: `column ${index}`, values: withoutSign(list) }));
        const packed = packNumbers(PREFIX, columns);
        expect(packed[0]).toBe(7);
        const unpacked = unpackNumbers(packed.subarray(PREFIX.length));
        for (const { name, values } of columns) expect(unpacked.get(name)).toEqual(values);
      }),
    );
  });

  it('take no bytes where there is nothing', () => {
    const nothing = { name: 'nothing', values: new Float64Array(1000).fill(NaN) };
    expect(packNumbers(PREFIX, [nothing]).length).toBeLessThan(50);
  });

  it('are all that their buffer holds', () => {
    const packed = packNumbers(PREFIX, [{ name: 'one', values: Float64Array.of(1, 2, 3) }]);
    expect(packed.buffer.byteLength).toBe(packed.length);
  });

  it('that end too soon are refused', () => {
    const packed = packNumbers(PREFIX, [{ name: 'one', values: Float64Array.of(1, 2, 3) }]);
    expect(() => unpackNumbers(packed.subarray(1, -1))).toThrow('the column one ends too soon');
  });
});

/** Whether a zero is below or above nobody asks. */
function withoutSign(numbers: readonly number[]): Float64Array {
  return Float64Array.from(numbers, (number) => (number === 0 ? 0 : number));
}
