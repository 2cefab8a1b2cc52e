import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planeShapeOf, readPlanes, writePlanes } from '../../../src/experiments/run/byte-planes';

describe('byte planes', () => {
  it('are read back as they were written, NaN where there was nothing', () => {
    const number = fc.oneof(
      fc.nat({ max: 300 }),
      fc.integer(),
      fc.integer({ min: -(2 ** 52), max: 2 ** 52 - 2 }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(number, fc.constant(NaN)), { minLength: 1 }),
        fc.array(number),
        (some, more) => {
          const values = Float64Array.from([...some, ...more]);
          const there = values.filter((value) => !Number.isNaN(value));
          const shape = planeShapeOf(Math.min(0, ...there), Math.max(0, ...there));
          expect(readPlanes(writePlanes(values, shape), shape, values.length)).toEqual(values);
        },
      ),
    );
  });

  it.each([
    [0, 254, 1],
    [0, 255, 2],
    [1000, 1254, 1],
    [-5, 249, 1],
    [0, 2 ** 32 - 2, 4],
    [0, 2 ** 32 - 1, 5],
    [0, 2 ** 53 - 2, 7],
  ])('for numbers from %d to %d have %d bytes each', (least, greatest, width) => {
    expect(planeShapeOf(least, greatest)).toEqual({ least, width });
  });

  it('begin with the lowest bytes of all numbers', () => {
    const shape = planeShapeOf(1, 0x1000);
    expect([...writePlanes(Float64Array.of(0x102, NaN, 0x304), shape)]).toEqual([
      0x02, 0, 0x04, 0x01, 0, 0x03,
    ]);
  });
});
