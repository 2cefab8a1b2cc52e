import { describe, expect, it } from '@jest/globals';
import { judge } from '../../support/judge';

const X = 'x'.charCodeAt(0) - 'a'.charCodeAt(0);
const NEVER_NEGATIVE = { invariants: [{ key: X, min: 0 }] };
const AT_LEAST_ONE = { invariants: [{ key: X, min: 1 }] };

describe('INVARIANT', () => {
  it.each([
    ['a value below zero was read', '0ix-5 0=1 1rx 1=1#-5'],
    ['written in the warm-up', '0ix-5 0=1 | 1rx 1=1#-5'],
    ['the write failed, and shows all the same', '0ix-5 0! 1rx 1=1@0#-5'],
    ['an old value', '0ix-5 0=1 0ix+9 0=2 1rx 1=1#-5'],
  ])('is: %s (%s)', (_, told) => {
    expect(judge('INVARIANT', told, NEVER_NEGATIVE)).toMatchObject({ count: 1, affected: 1, relevant: 1 });
  });

  it.each([
    ['the bound itself', '0ix+0 0=1 1rx 1=1#0'],
    ['above it', '0ix+5 0=1 1rx 1=1#5'],
    ['nothing counts as zero', '1rx 1=-'],
    ['a delete counts as zero', '0dx 0=1 1rx 1=1'],
    ['below it until another write', '0ix-5 0=1 0ix+5 0=2 1rx 1=2#0'],
  ])('is not: %s (%s)', (_, told) => {
    expect(judge('INVARIANT', told, NEVER_NEGATIVE)).toMatchObject({ count: 0, relevant: 1, witnesses: [] });
  });

  it.each([
    ['another key', '0iy-5 0=1 1ry 1=1#-5'],
    ['the read failed', '0ix-5 0=1 1rx 1!'],
    ['the read is under way at the end', '0ix-5 0=1 1rx'],
    ['the read arrived in the warm-up', '0ix-5 0=1 1rx 1=1#-5 |'],
    ['the read arrived after the duration', '0ix-5 0=1 | | 1rx 1=1#-5'],
    ['nobody read it', '0ix-5 0=1'],
  ])('is not judged: %s (%s)', (_, told) => {
    expect(judge('INVARIANT', told, NEVER_NEGATIVE)).toMatchObject({ count: 0, relevant: 0, witnesses: [] });
  });

  it('finds nothing below zero where there must be one', () => {
    expect(judge('INVARIANT', '0rx 0=- 0dx 0=1 0rx 0=1', AT_LEAST_ONE)).toMatchObject({
      count: 2,
      relevant: 2,
    });
  });

  it('holds of nothing if none is stated', () => {
    expect(judge('INVARIANT', '0rx 0=1#-5 ; 0:x=1#-5')).toMatchObject({ count: 0, relevant: 0 });
  });

  it('is judged of what each node holds at the end', () => {
    const { count, relevant, witnesses } = judge(
      'INVARIANT',
      '0ix-5 0=1 1rx 1=1#-5 ; 0:x=1#-5 1:x=1#-5 2:x=-',
      NEVER_NEGATIVE,
    );
    expect({ count, relevant }).toEqual({ count: 3, relevant: 4 });
    expect(witnesses).toMatchObject([
      { atMs: 3, operations: [{ id: 1 }] },
      { atMs: 4, operations: [] },
      { atMs: 4, operations: [] },
    ]);
  });

  it('may cover every key', () => {
    const everyKey = { keys: 2, invariants: [{ key: null, min: 0 }] };
    expect(judge('INVARIANT', '0ra 0=1#-1 0rb 0=1#-2 ; 0:a=1#-1,b=1#2 1:a=1#4', everyKey)).toMatchObject({
      count: 3,
      relevant: 6,
    });
  });

  it.each([
    ['for every key', { key: null, min: -10 }, { key: X, min: 0 }],
    ['for the key', { key: X, min: -10 }, { key: null, min: 0 }],
  ])('is judged by the strictest bound: the looser one holds %s', (_, looser, stricter) => {
    const invariants = [looser, stricter];
    expect(judge('INVARIANT', '0rx 0=1#-5 0rx 0=1#-20', { invariants })).toMatchObject({
      count: 2,
      relevant: 2,
    });
    expect(judge('INVARIANT', '0rx 0=1#-5', { invariants: invariants.reverse() })).toMatchObject({
      count: 1,
    });
  });

  it('says nothing of sets', () => {
    expect(judge('INVARIANT', '0rx 0=1#{} 0rx 0=1#{1,2} ; 0:x=1#{1,2}', AT_LEAST_ONE)).toMatchObject({
      count: 0,
    });
  });
});
