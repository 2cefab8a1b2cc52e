import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { KStalenessMeter } from '../../../src/experiments/run/k-staleness-meter';
import { TVisibilityMeter } from '../../../src/experiments/run/t-visibility-meter';
import { Histogram } from '../../../src/model/histogram';
import type { TVisibility } from '../../../src/model/measurements';
import { K_STALENESS_CAP, type KStaleness } from '../../../src/model/staleness-counts';
import { history, operationsOf, play, type History } from '../../support/history-notation';
import { randomHistories } from '../../support/random-histories';
import { readsAfterWrites, versionsBehind } from './staleness-definitions';

const HISTORIES = { numRuns: 5_000, seed: 20_261_123 };

function tVisibilityOf(told: History, readsAtChosenDelays = false): TVisibility {
  const meter = new TVisibilityMeter({ ...told.outline, readsAtChosenDelays });
  play(told, meter);
  return meter.measured();
}

function kStalenessOf(told: History): KStaleness {
  const meter = new KStalenessMeter(told.outline);
  play(told, meter);
  return meter.measured();
}

function histogramOf(milliseconds: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const ms of milliseconds) histogram.record(ms);
  return histogram;
}

describe('t-visibility', () => {
  it('equals its brute-force definition on random histories, with reads that saw the write and reads that missed it', () => {
    const seen = { saw: 0, missed: 0 };
    fc.assert(
      fc.property(randomHistories(), (told) => {
        const expected = readsAfterWrites(operationsOf(told), told.outline.durationMs);
        const missed = expected.filter((read) => read.missed);
        seen.missed += missed.length;
        seen.saw += expected.length - missed.length;
        expect(tVisibilityOf(told)).toEqual({
          reads: histogramOf(expected.map(({ afterMs }) => afterMs)).encode(),
          missed: histogramOf(missed.map(({ afterMs }) => afterMs)).encode(),
          delays: [],
        });
      }),
      HISTORIES,
    );
    expect(Math.min(seen.saw, seen.missed)).toBeGreaterThan(1_000);
  });

  it.each([
    ['counts from the acknowledgement to the send', '0wx 0=1 1ry 1=- 1rx 1=1', [3]],
    ['takes the newest version, not the last acknowledgement', '0wx 2wx 0=2 2=1 1rx 1=2', [2]],
    ['knows no write acknowledged while the read was under way', '1rx 0wx 0=1 1=1', []],
    ['leaves out reads of keys that were never written', '0wx 0=1 1ry 1=-', []],
    ['leaves out reads without an answer', '0wx 0=1 1rx 1?', []],
    ['counts writes of the warm-up', '0wx 0=1 | 1rx 1=1', [2]],
  ])('%s (%s)', (_, told, expected) => {
    const { reads } = tVisibilityOf(history(told));
    expect(reads).toEqual(histogramOf(expected).encode());
  });

  it('is counted by the exact delay where reads are sent at chosen ones', () => {
    const told = history('0wx 0=1 1rx 1=- 0wx 0=2 1rx 1=2 0wy 0=1 2ry 1rz 2=1 1=-');
    expect(tVisibilityOf(told, true)).toMatchObject({
      reads: { count: 0 },
      delays: [{ afterNs: 1_000_000, reads: 3, missed: 1 }],
    });
  });
});

describe('k-staleness', () => {
  it('equals its brute-force definition on random histories', () => {
    let behind = 0;
    fc.assert(
      fc.property(randomHistories(), (told) => {
        const expected = versionsBehind(operationsOf(told), told.outline.durationMs);
        const counts = Array.from(
          { length: Math.max(-1, ...expected) + 1 },
          (_, k) => expected.filter((other) => other === k).length,
        );
        behind += expected.filter((k) => k > 1).length;
        expect(kStalenessOf(told)).toEqual(counts);
      }),
      HISTORIES,
    );
    expect(behind).toBeGreaterThan(1_000);
  });

  it.each([
    ['is 0 for a read of the newest version', '0wx 0=1 0wx 0=2 1rx 1=2', [1]],
    ['counts every newer version', '0wx 0=1 0wx 0=2 0wx 0=3 1rx 1=1', [0, 0, 1]],
    ['counts all versions when the key was not found', '0wx 0=1 0wx 0=2 1rx 1=-', [0, 0, 1]],
    ['does not count what was acknowledged after the send', '0wx 0=1 1rx 0wx 0=2 1=-', [0, 1]],
    ['does not count writes that failed', '0wx 0! 1rx 1=-', [1]],
    ['is of no read that was never sent', '1rx 1!', []],
  ])('%s (%s)', (_, told, expected) => {
    expect(kStalenessOf(history(told))).toEqual(expected);
  });

  it('counts reads that are very far behind together', () => {
    const writes = Array.from({ length: 3 * K_STALENESS_CAP }, (_, index) => `0wx 0=${index + 1}`).join(' ');
    const counts = kStalenessOf(history(`${writes} 1rx 1=- 1rx 1=1 1rx 1=${2 * K_STALENESS_CAP + 1}`));
    expect(counts[K_STALENESS_CAP]).toBe(2);
    expect(counts[K_STALENESS_CAP - 1]).toBe(1);
  });
});
