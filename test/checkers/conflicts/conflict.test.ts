import { describe, expect, it } from '@jest/globals';
import { judge } from '../../support/judge';

const CONCURRENT = '0wx 1wx C0@0=[1,0] C1@1=[0,1] 0=[1,0] 1=[0,1]';

describe('CONFLICT', () => {
  it.each([
    ['two concurrent writes met', `${CONCURRENT} M0,1@2`],
    ['one of them was dropped', `${CONCURRENT} M0,1@2-0`],
    ['they met at every replica', `${CONCURRENT} M0,1@0 M1,0@1 M0,1@2-1`],
    ['nobody knows about either', '0wx 1wx C0@0=[1,0] C1@1=[0,1] 0? 1? M0,1@2'],
    ['both failed, and were committed', '0wx 1wx C0@0=[1,0] C1@1=[0,1] 0! 1! M0,1@2'],
    ['both are under way at the end', '0wx 1wx C0@0=[1,0] C1@1=[0,1] M0,1@2'],
    ['they met after the duration', `| ${CONCURRENT} | M0,1@2`],
  ])('is: %s (%s)', (_, told) => {
    expect(judge('CONFLICT', told)).toMatchObject({ count: 1, affected: 2, relevant: 2 });
  });

  it.each([
    ['they did not meet', CONCURRENT],
    ['one after the other', '0wx C0@0=[1,0] 0=[1,0] 1wx C1@1=[1,1] 1=[1,1]'],
    ['one was given up before they met', `${CONCURRENT} D0@0`],
  ])('is not: %s (%s)', (_, told) => {
    expect(judge('CONFLICT', told)).toMatchObject({ count: 0, affected: 0, relevant: 2, witnesses: [] });
  });

  it.each([
    ['both were written in the warm-up', `${CONCURRENT} | M0,1@2`],
    ['both arrived after the duration', `| | ${CONCURRENT} M0,1@2`],
    ['no node committed a write', '0wx 1wx 0=[1,0] 1=[0,1]'],
  ])('is not judged: %s (%s)', (_, told) => {
    expect(judge('CONFLICT', told)).toMatchObject({ count: 0, affected: 0, relevant: 0, witnesses: [] });
  });

  it('counts a pair of which one write is measured, and of its writes that one', () => {
    const told = '0wx C0@0=[1,0] 0=[1,0] | 1wx C1@1=[0,1] 1=[0,1] M0,1@2';
    expect(judge('CONFLICT', told)).toMatchObject({ count: 1, affected: 1, relevant: 1 });
  });

  it('counts pairs, and the writes that are in any of them', () => {
    const told = `${CONCURRENT} 2wx 3wy C2@2=[0,0,1] C3@0=[1] 2=[0,0,1] 3=[1] M0,1@0 M1,2@1 M2,1@0 M0,2@0`;
    expect(judge('CONFLICT', told)).toMatchObject({ count: 3, affected: 3, relevant: 4 });
  });

  it('shows where the pair met first, with both writes in the order in which they were sent', () => {
    const { witnesses } = judge('CONFLICT', `${CONCURRENT} M1,0@1 M0,1@2`);
    expect(witnesses).toMatchObject([{ atMs: 6, operations: [{ id: 0 }, { id: 1 }] }]);
  });
});
