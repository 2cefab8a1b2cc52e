import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { decodeMeasurements, encodeMeasurements } from '../../../src/experiments/result/encode-measurements';
import { EMPTY_MEASUREMENTS } from '../../../src/model/merge-measurements';
import { randomRuns } from '../../support/random-measurements';

describe('encoded measurements', () => {
  it('are what a serializer of RFC 8785 writes', () => {
    fc.assert(
      fc.property(randomRuns(1), ([run]) => {
        expect(new TextDecoder().decode(encodeMeasurements(run))).toBe(canonicalize(run));
      }),
    );
  });

  it('that were stored before runs had a budget count none as truncated', () => {
    const older = { ...EMPTY_MEASUREMENTS, truncatedRuns: undefined };
    const bytes = new TextEncoder().encode(canonicalize(older));
    expect(decodeMeasurements(bytes)).toEqual(EMPTY_MEASUREMENTS);
  });

  it('that were stored before leaders were replaced tell of no failover', () => {
    const { failovers, positions, notices, ...older } = EMPTY_MEASUREMENTS;
    const bytes = new TextEncoder().encode(canonicalize(older));
    expect(decodeMeasurements(bytes)).toMatchObject({ failovers, positions, notices });
  });

  it.each([NaN, Infinity])('refuse the number %d, which JSON has not', (longestOutageMs) => {
    expect(() => encodeMeasurements({ ...EMPTY_MEASUREMENTS, longestOutageMs })).toThrow('finite numbers');
  });

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
