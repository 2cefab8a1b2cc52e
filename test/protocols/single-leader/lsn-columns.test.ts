import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LsnColumns } from '../../../src/protocols/single-leader/lsn-columns';

const cellAt = {
  get: (columns: LsnColumns, lsn: number, column: number) =>
    columns.cellsOf(lsn)[columns.rowOf(lsn) + column],
  set: (columns: LsnColumns, lsn: number, column: number, value: number) => {
    columns.cellsOf(lsn)[columns.rowOf(lsn) + column] = value;
  },
};

describe('LsnColumns', () => {
  it('holds what a plain list would, whatever is appended, cut off and forgotten', () => {
    const step = fc.record({
      kind: fc.constantFrom('append', 'append', 'append', 'cut', 'forget'),
      share: fc.nat(100),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const columns = new LsnColumns(2);
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
          else columns.discardThrough(lsn);
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
    const columns = new LsnColumns(1);
    columns.discardThrough(columns.append());
    expect(columns.append()).toBe(2);
  });

  it('keeps its size while it forgets as much as it appends', () => {
    const columns = new LsnColumns(1);
    for (let row = 0; row < 100_000; row++) columns.discardThrough(columns.append() - 100);
    expect(columns.capacity).toBe(256);
  });

  it('cannot be cut where it has nothing', () => {
    const columns = new LsnColumns(1);
    columns.discardThrough(columns.append());
    expect(() => columns.truncateAfter(0)).toThrow('cannot be cut');
    expect(() => columns.discardThrough(2)).toThrow('cannot forget');
  });
});
