import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packRuns, RUN_BYTES, unpackRun } from '../../src/db/packed-runs';

const run = fc.record({
  seed: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  resultHash: fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((bytes) => Buffer.from(bytes).toString('hex')),
  runHash: fc.option(
    fc
      .uint8Array({ minLength: 16, maxLength: 16 })
      .map((bytes) => Buffer.from([...bytes.slice(1), 1]).toString('hex')),
  ),
  truncated: fc.boolean(),
});

describe('packed runs', () => {
  it('are read back one by one as they were', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 20 }), (runs) => {
        const packed = packRuns(runs);
        expect(packed).toHaveLength(runs.length * RUN_BYTES);
        runs.forEach((each, index) =>
          expect(unpackRun(packed.subarray(index * RUN_BYTES, (index + 1) * RUN_BYTES))).toEqual(each),
        );
      }),
    );
  });

  it.each(['', 'aa', 'not hexadecimal at all, though it is of the right length, 64 signs.'])(
    'refuse the hash "%s"',
    (resultHash) => {
      expect(() => packRuns([{ seed: '1', resultHash, runHash: null, truncated: false }])).toThrow(
        'no hash of 32 bytes',
      );
    },
  );
});
