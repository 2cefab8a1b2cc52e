import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { ANOMALY_KINDS } from '../../src/model/anomaly';
import { operationsOf } from '../support/history-notation';
import { judge } from '../support/judge';
import { randomHistories } from '../support/random-histories';
import { anomalousReads, relevantReads } from './definitions';

const HISTORIES = 10_000;
const SEED = 20_261_122;

describe.each(ANOMALY_KINDS)('the checker of %s', (kind) => {
  it('equals its brute-force definition on random histories, with and without the anomaly', () => {
    const seen = { with: 0, without: 0 };
    fc.assert(
      fc.property(randomHistories(), (told) => {
        const operations = operationsOf(told);
        const { count, relevant } = judge(kind, told);
        seen[count > 0 ? 'with' : 'without'] += 1;
        expect(count).toBe(anomalousReads(kind, operations, told.outline.durationMs).length);
        expect(relevant).toBe(relevantReads(operations, told.outline.durationMs).length);
      }),
      { numRuns: HISTORIES, seed: SEED },
    );
    expect(Math.min(seen.with, seen.without)).toBeGreaterThan(HISTORIES / 10);
  });

  it('gives witnesses of which no operation can be left out', () => {
    let witnesses = 0;
    fc.assert(
      fc.property(randomHistories(), (told) => {
        for (const { operations } of judge(kind, told).witnesses) {
          witnesses += 1;
          const { durationMs } = told.outline;
          expect(anomalousReads(kind, operations, durationMs)).toEqual([operations.at(-1)]);
          for (const left of operations)
            expect(
              anomalousReads(
                kind,
                operations.filter((other) => other !== left),
                durationMs,
              ),
            ).toEqual([]);
        }
      }),
      { numRuns: 1_000, seed: SEED },
    );
    expect(witnesses).toBeGreaterThan(100);
  });

  it('shows the reads of the history in the order in which the anomaly showed', () => {
    fc.assert(
      fc.property(randomHistories(), (told) => {
        const reads = anomalousReads(kind, operationsOf(told), told.outline.durationMs);
        const byTime = [...reads].sort((one, other) => one.completedAtMs - other.completedAtMs).slice(0, 10);
        expect(judge(kind, told).witnesses.map(({ operations }) => operations.at(-1))).toEqual(byTime);
      }),
      { numRuns: 1_000, seed: SEED },
    );
  });
});
