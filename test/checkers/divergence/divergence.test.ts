import { describe, expect, it } from '@jest/globals';
import { judge } from '../../support/judge';

const ALL_KEYS = 26;

describe('DIVERGENCE', () => {
  it.each([
    ['different versions', '0wx 0=1 0wx 0=2 ; 0:x=1 1:x=2'],
    ['the same position of different epochs', '; 0:x=1.5 1:x=2.5'],
    ['one lacks the key', '0wx 0=1 ; 0:x=1 1'],
    ['one of three', '0wx 0=1 0wx 0=2 ; 0:x=2 1:x=2 2:x=1'],
    ['the last of three', '0wx 0=1 ; 0 1 2:x=1'],
    ['the same version with different values', '0ix+1 0=1 ; 0:x=1#1 1:x=1#2'],
    ['the same version of something and of nothing', '0ix+1 0=1 ; 0:x=1#0 1:x=1#'],
    ['different sets', '; 0:x=1#{1,2} 1:x=1#{1,3}'],
    ['a set within another', '; 0:x=1#{1,2} 1:x=1#{1}'],
    ['concurrent versions', '; 0:x=[1,0] 1:x=[0,1]'],
    ['an older vector', '; 0:x=[1,0] 1:x=[1,1]'],
    ['different operations at the same time and node', '0wx 0! 0wx 0! ; 0:x=~5:1@0 1:x=~5:1@1'],
    ['a delete that one node did not hear of', '0wx 0=1 0dx 0=2 ; 0:x=1 1:x=2'],
  ])('is: %s (%s)', (_, told) => {
    const { count, affected, relevant, witnesses } = judge('DIVERGENCE', told);
    expect({ count, affected, relevant }).toEqual({ count: 1, affected: 1, relevant: ALL_KEYS });
    expect(witnesses).toMatchObject([{ operations: [] }]);
  });

  it.each([
    ['all hold the same', '0wx 0=1 ; 0:x=1 1:x=1 2:x=1'],
    ['none holds anything', '0wx 0=1 ; 0 1'],
    ['the same sets', '; 0:x=1#{1,2} 1:x=1#{1,2}'],
    ['a vector with zeros behind', '; 0:x=[1]#3 1:x=[1,0]#3'],
    ['they know different writes, and hold the same', '0wx 0=1 0wx 0=2 ; 0:x=2{0,1} 1:x=2{1}'],
  ])('is not: %s (%s)', (_, told) => {
    expect(judge('DIVERGENCE', told)).toMatchObject({ count: 0, relevant: ALL_KEYS, witnesses: [] });
  });

  it.each([
    ['no node is left', '0wx 0=1'],
    ['one node is left', '0wx 0=1 ; 0:x=1'],
  ])('is not judged: %s (%s)', (_, told) => {
    expect(judge('DIVERGENCE', told)).toMatchObject({ count: 0, relevant: 0, witnesses: [] });
  });

  it('counts keys, and shows when the run has settled', () => {
    const { count, witnesses } = judge('DIVERGENCE', '0wx 0=1 0wy 0=1 ; 0:x=1,y=1 1:x=1 2');
    expect(count).toBe(2);
    expect(witnesses.map(({ atMs }) => atMs)).toEqual([4, 4]);
  });
});
