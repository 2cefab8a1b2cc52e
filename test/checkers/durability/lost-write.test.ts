import { describe, expect, it } from '@jest/globals';
import { judge } from '../../support/judge';

describe('LOST_WRITE', () => {
  it.each([
    ['given up, and held by no node', '0wx 0=1 D0@0 ; 0{} 1{}'],
    ['given up by all nodes', '0wx 0=1 D0@0 D0@1 ; 0 1'],
    ['nodes hold other writes', '0wx D0@0=1 0=1 1wx 1! ; 0{1} 1{1}'],
    ['no node is left', '0wx 0=1 D0@0'],
    ['given up before it was acknowledged', '0wx D0@0=1 0=1 ; 0{}'],
    ['a later write of the key would have replaced it', '0wx 0=1 D0@0 1wx 1! ; 0:x=2{1} 1:x=2{1}'],
    ['a delete', '0dx 0=1 D0@0 ; 0{}'],
    ['by a version vector', '0wx 0=[1,0] D0@0 ; 0{}'],
    ['by last-write-wins', '0wx 0=~5:1 D0@0 ; 0{}'],
  ])('is: %s (%s)', (_, told) => {
    expect(judge('LOST_WRITE', told)).toMatchObject({ count: 1, affected: 1, relevant: 1 });
  });

  it.each([
    ['another node holds it', '0wx 0=1 D0@0 ; 0{} 1{0}'],
    ['the node that gave it up got it again', '0wx 0=1 D0@0 ; 0{0}'],
    ['overwritten where it is held', '0wx 0=1 D0@0 1wx 1? ; 0:x=2{0}'],
    ['no node holds it, but none gave it up', '0wx 0=1 ; 0{} 1{}'],
    ['another write was given up', '0wx 0=1 1wx 1! D1@0=2 ; 0{}'],
  ])('is not: %s (%s)', (_, told) => {
    expect(judge('LOST_WRITE', told)).toMatchObject({ count: 0, relevant: 1, witnesses: [] });
  });

  it.each([
    ['the write failed', '0wx 0! D0@0=1 ; 0{}'],
    ['nobody knows about the write', '0wx 0? D0@0=1 ; 0{}'],
    ['the write is under way at the end', '0wx D0@0=1 ; 0{}'],
    ['it was written in the warm-up', '0wx 0=1 | D0@0 ; 0{}'],
    ['it arrived after the duration', '| | 0wx 0=1 D0@0 ; 0{}'],
  ])('is not judged: %s (%s)', (_, told) => {
    expect(judge('LOST_WRITE', told)).toMatchObject({ count: 0, relevant: 0, witnesses: [] });
  });

  it('shows as the last node gives the write up, once however many do', () => {
    const { count, witnesses } = judge('LOST_WRITE', '1wx 1=1 0wx 0=2 D1@0 D1@1 1rx 1=1 D1@0 ; 0{0}');
    expect(count).toBe(1);
    expect(witnesses).toMatchObject([{ atMs: 8, operations: [{ id: 1 }] }]);
  });
});
