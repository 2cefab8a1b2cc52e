import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { compareVersions } from '../../src/model/version';
import { numberOf, versionOf } from '../../src/model/version-number';

const versions = fc.option(
  fc.record({
    epoch: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 2 ** 21 - 1 })),
    lsn: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 2 ** 32 - 1 })),
  }),
);

describe('the number of a version', () => {
  it('stands to other numbers as the version to other versions', () => {
    fc.assert(
      fc.property(versions, versions, (one, other) => {
        const order = numberOf(one) === numberOf(other) ? 'EQUAL' : 'BEFORE';
        const expected = numberOf(one) > numberOf(other) ? 'AFTER' : order;
        expect(compareVersions(one, other)).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives the version again', () => {
    fc.assert(fc.property(versions, (version) => expect(versionOf(numberOf(version))).toEqual(version)));
  });

  it.each([
    { epoch: 2 ** 21, lsn: 1 },
    { epoch: 1, lsn: 2 ** 32 },
  ])('is refused where it would not be exact: %j', (version) => {
    expect(() => numberOf(version)).toThrow('has no number');
  });
});
