import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decodeMeasurements, encodeMeasurements } from '../../../src/experiments/result/encode-measurements';
import { EMPTY_MEASUREMENTS } from '../../../src/model/merge-measurements';
import { randomRuns } from '../../support/random-measurements';

describe('encoded measurements', () => {
  it('are read back as they were', () => {
    fc.assert(
      fc.property(randomRuns(1), ([run]) => {
        expect(decodeMeasurements(encodeMeasurements(run))).toEqual(run);
      }),
    );
  });

  it('do not depend on the order in which fields were written', () => {
    const { runs, ...others } = EMPTY_MEASUREMENTS;
    expect(encodeMeasurements({ ...others, runs })).toEqual(encodeMeasurements(EMPTY_MEASUREMENTS));
  });

  it.each(['null', '[]', '{"runs":1}'])('refuse %s, which is something else', (text) => {
    expect(() => decodeMeasurements(new TextEncoder().encode(text))).toThrow('not encoded measurements');
  });
});
