import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LsnColumns } from '../../../../src/protocols/single-leader/log/lsn-columns';

const columnsOf = (width: number) => new LsnColumns(width, (cells) => new Int32Array(cells));

const cellAt = {
  get: (columns: LsnColumns<Int32Array>, lsn: number, column: number) =>
    columns.cellsOf(lsn)[columns.rowOf(lsn) + column],
  set: (columns: LsnColumns<Int32Array>, lsn: number, column: number, value: number) => {
    columns.cellsOf(lsn)[columns.rowOf(lsn) + column] = value;
  },
};

describe('LsnColumns', () => {
  it('holds what a plain list would, whatever is appended, cut off, forgotten and begun anew', () => {
    const step = fc.record({
      kind: fc.constantFrom('append', 'append', 'append', 'cut', 'forget', 'restart'),
      share: fc.nat(100),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const columns = columnsOf(2);
        let kept: { lsn: number; value: number }[] = [];
        let value = 0;
        for (const { kind, share } of steps) {
          const lsn = columns.first - 1 + Math.floor((share / 100) * (columns.last - columns.first + 1));
          if (kind === 'append')
            for (let count = 0; count < share; count++) {
              const row = columns.append();
              cellAt.set(columns, row, 0, ++value);
              cellAt.set(columns, row, 1, -value);
              kept.push({ lsn: row, value });
            }
          else if (kind === 'cut') columns.truncateAfter(lsn);
          else if (kind === 'forget') columns.discardThrough(lsn);
          else {
            columns.restartAfter(lsn + 7 * share);
            kept = [];
          }
          kept = kept.filter((row) => row.lsn >= columns.first && row.lsn <= columns.last);
        }
        expect(kept.map(({ lsn }) => cellAt.get(columns, lsn, 0))).toEqual(kept.map((row) => row.value));
        expect(kept.map(({ lsn }) => cellAt.get(columns, lsn, 1))).toEqual(kept.map((row) => -row.value));
        expect(columns.last - columns.first + 1).toBe(kept.length);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('goes on numbering after everything is forgotten', () => {
    const columns = columnsOf(1);
    columns.discardThrough(columns.append());
    expect(columns.append()).toBe(2);
  });

  it('goes on behind whatever place it is begun anew at, with the cells of another segment', () => {
    const columns = columnsOf(1);
    for (let row = 0; row < 700; row++) cellAt.set(columns, columns.append(), 0, row);
    for (const lsn of [255, 256, 1000, 99_999, 0]) {
      columns.restartAfter(lsn);
      expect([columns.first, columns.last]).toEqual([lsn + 1, lsn]);
      for (let row = 1; row <= 600; row++) cellAt.set(columns, columns.append(), 0, lsn + row);
      for (let row = 1; row <= 600; row++) expect(cellAt.get(columns, lsn + row, 0)).toBe(lsn + row);
    }
  });

  it('keeps its size while it forgets as much as it appends', () => {
    const columns = columnsOf(1);
    for (let row = 0; row < 100_000; row++) columns.discardThrough(columns.append() - 100);
    expect(columns.capacity).toBe(256);
  });

  it('cannot be cut where it has nothing', () => {
    const columns = columnsOf(1);
    columns.discardThrough(columns.append());
    expect(() => columns.truncateAfter(0)).toThrow('cannot be cut');
    expect(() => columns.discardThrough(2)).toThrow('cannot forget');
  });
});
