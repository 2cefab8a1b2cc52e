import { describe, expect, it } from '@jest/globals';
import { judge } from '../../support/judge';

describe('DIRTY_READ', () => {
  it.each([
    ['what was read had failed', '0wx 0! 1rx 1=1@0'],
    ['what was read failed later', '0wx 1rx 1=1@0 0!'],
    ['what was read had been given up', '0wx 0=1 D0@0 1rx 1=1 ; 0{}'],
    ['what was read was given up later', '0wx 0=1 1rx 1=1 D0@0 ; 0{} 1{}'],
    ['nobody knows about the write, which was given up', '0wx 1rx 1=1@0 0? D0@0=1 ; 0{}'],
    ['the write is under way at the end, and was given up', '0wx 1rx 1=1@0 D0@0=1 ; 0{}'],
    ['written in the warm-up', '0wx 0! | 1rx 1=1@0'],
    ['its own session wrote it', '0wx 0! 0rx 0=1@0'],
    ['it failed, though a node holds it', '0wx 0! 1rx 1=1@0 ; 0:x=1@0{0}'],
    ['a delete that failed', '0dx 0! 1rx 1=1@0'],
    ['by a version vector', '0wx 0! 1rx 1=[1,0]@0'],
    ['by last-write-wins', '0wx 0! 1rx 1=~5:1@0'],
  ])('is: %s (%s)', (_, told) => {
    expect(judge('DIRTY_READ', told)).toMatchObject({ count: 1, affected: 1, relevant: 1 });
  });

  it.each([
    ['what was read was acknowledged', '0wx 0=1 1rx 1=1'],
    ['what was read is acknowledged later', '0wx 1rx 1=1@0 0=1'],
    ['nobody knows about what was read', '0wx 0? 1rx 1=1@0'],
    ['what was read is under way at the end', '0wx 1rx 1=1@0'],
    ['given up by one node, held by another', '0wx 0=1 1rx 1=1 D0@0 ; 0{} 1{0}'],
    ['another write failed', '0wx 0! 2wx 2=2 1rx 1=2'],
    ['another write was given up', '0wx 0=1 2wx 2=2 1rx 1=2 D0@0 ; 0{1}'],
  ])('is not: %s (%s)', (_, told) => {
    expect(judge('DIRTY_READ', told)).toMatchObject({ count: 0, relevant: 1, witnesses: [] });
  });

  it.each([
    ['nothing was there', '0wx 0! 1rx 1=-'],
    ['nobody is known to have written what was read', '0wx 0! 1rx 1=7'],
    ['the read failed', '0wx 0! 1rx 1!'],
    ['the read is under way at the end', '0wx 0! 1rx'],
    ['the read arrived in the warm-up', '0wx 0! 1rx 1=1@0 |'],
  ])('is not judged: %s (%s)', (_, told) => {
    expect(judge('DIRTY_READ', told)).toMatchObject({ count: 0, relevant: 0, witnesses: [] });
  });

  it('counts every read of it, and shows the write and the read as that ended', () => {
    const { count, witnesses } = judge('DIRTY_READ', '1rx 0wx 1=1@1 2rx 2=1@1 0!');
    expect(count).toBe(2);
    expect(witnesses).toMatchObject([
      { atMs: 2, operations: [{ id: 1 }, { id: 0 }] },
      { atMs: 4, operations: [{ id: 1 }, { id: 2 }] },
    ]);
  });
});
