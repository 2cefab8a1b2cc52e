import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  EpochHistory,
  forkOf,
  type LogOutline,
} from '../../../../src/protocols/single-leader/log/epoch-history';

/** A log, written out: the epoch of entry n + 1 at place n. */
type Epochs = readonly number[];

function historyOf(epochs: Epochs): EpochHistory {
  const history = new EpochHistory();
  epochs.forEach((epoch, index) => {
    history.note(epoch, index + 1);
  });
  return history;
}

function outlineOf(epochs: Epochs): LogOutline {
  return { starts: historyOf(epochs).all, end: epochs.length };
}

/** Entries of one epoch and LSN are the same entry: logs part at the first that differs, or where the shorter one ends. */
function forkByEntries(one: Epochs, other: Epochs): number {
  const shorter = Math.min(one.length, other.length);
  for (let index = 0; index < shorter; index++) if (one[index] !== other[index]) return index;
  return shorter;
}

/** How long the log of each epoch's leader was as it began, as a share of what there was before, and what it then wrote. */
const reigns = fc.array(fc.record({ from: fc.nat(), kept: fc.nat(100), written: fc.nat(6) }), {
  minLength: 1,
  maxLength: 8,
});

/** Logs as elections leave them: each leader goes on from a beginning of some earlier leader's log, in its own epoch. */
const logs = reigns.map((all) => {
  const found: Epochs[] = [[]];
  all.forEach(({ from, kept, written }, index) => {
    const before = found[from % found.length];
    const begun = before.slice(0, Math.round((kept / 100) * before.length));
    found.push([...begun, ...Array<number>(written).fill(index + 1)]);
  });
  return found;
});

describe('EpochHistory', () => {
  it('knows the epoch of every entry that there is or was', () => {
    fc.assert(
      fc.property(logs, (all) => {
        for (const epochs of all) {
          const history = historyOf(epochs);
          expect(history.epochAt(0)).toBe(0);
          expect(epochs.map((_, index) => history.epochAt(index + 1))).toEqual(epochs);
        }
      }),
      { seed: 1 },
    );
  });

  it('is, once it is cut, that of the shorter log', () => {
    fc.assert(
      fc.property(logs, fc.nat(100), (all, share) => {
        for (const epochs of all) {
          const end = Math.round((share / 100) * epochs.length);
          const history = historyOf(epochs);
          history.truncateAfter(end);
          expect(history.all).toEqual(historyOf(epochs.slice(0, end)).all);
        }
      }),
      { seed: 1 },
    );
  });

  it('says the same for ever of what it has told, whatever joins the log then', () => {
    const history = historyOf([1, 1, 2]);
    const { all } = history;
    history.note(3, 4);
    expect(all).toEqual([
      { epoch: 1, lsn: 1 },
      { epoch: 2, lsn: 3 },
    ]);
    expect(history.all).toHaveLength(3);
  });

  it('takes no entry of an older epoch', () => {
    expect(() => historyOf([1, 3, 2])).toThrow('epochs rise along a log');
  });
});

describe('the fork of two logs', () => {
  it('is where their entries part, whatever the elections were', () => {
    fc.assert(
      fc.property(logs, (all) => {
        for (const one of all)
          for (const other of all)
            expect(forkOf(outlineOf(one), outlineOf(other))).toBe(forkByEntries(one, other));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('is where it would be, if one of them also has entries that are flushed by nobody else', () => {
    expect(forkOf(outlineOf([1, 1, 1, 2]), outlineOf([1, 1]))).toBe(2);
    expect(forkOf(outlineOf([1, 1, 3]), outlineOf([1, 1, 2, 2]))).toBe(2);
    expect(forkOf(outlineOf([]), outlineOf([1]))).toBe(0);
  });
});
