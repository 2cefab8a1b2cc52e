import { describe, expect, it } from '@jest/globals';
import { judge } from '../../support/judge';

const CONCURRENT = '0wx 1wx C0@0=[1,0] C1@1=[0,1]';

describe('DROPPED_UPDATE', () => {
  it.each([
    ['of two concurrent writes one was dropped', `${CONCURRENT} 0=[1,0] 1=[0,1] M0,1@2-0`],
    ['the one that is named second', `${CONCURRENT} 0=[1,0] 1=[0,1] M0,1@2-1`],
    ['dropped before it was acknowledged', `${CONCURRENT} M0,1@1-0 0=[1,0] 1=[0,1]`],
    ['dropped at two replicas', `${CONCURRENT} 0=[1,0] 1=[0,1] M0,1@1-0 M1,0@2-0`],
    ['dropped where it met another, though not everywhere', `${CONCURRENT} 0=[1,0] 1=[0,1] M0,1@1 M0,1@2-0`],
    ['dropped after the duration', `| ${CONCURRENT} 0=[1,0] 1=[0,1] | M0,1@2-0`],
    ['the last write won', '0wx 1wx C0@0=~5:0 C1@1=~6:1 0=~5:0 1=~6:1 M0,1@2-0'],
  ])('is: %s (%s)', (_, told) => {
    expect(judge('DROPPED_UPDATE', told)).toMatchObject({ count: 1, affected: 1, relevant: 2 });
  });

  it.each([
    ['both live on', `${CONCURRENT} 0=[1,0] 1=[0,1] M0,1@2`],
    ['they never met', `${CONCURRENT} 0=[1,0] 1=[0,1]`],
    ['it was overwritten', '0wx 0=[1,0] 1wx 1=[1,1]'],
    ['it was lost', `${CONCURRENT} 0=[1,0] 1=[0,1] D0@0 ; 0{} 1{}`],
  ])('is not: %s (%s)', (_, told) => {
    expect(judge('DROPPED_UPDATE', told)).toMatchObject({ count: 0, relevant: 2, witnesses: [] });
  });

  it.each([
    ['the dropped one failed', `${CONCURRENT} 0! 1! M0,1@2-0`],
    ['nobody knows about the dropped one', `${CONCURRENT} 0? 1? M0,1@2-0`],
    ['the dropped one is under way at the end', `${CONCURRENT} M0,1@2-0`],
    ['it was written in the warm-up', `${CONCURRENT} 0=[1,0] 1=[0,1] | M0,1@2-0`],
  ])('is not judged: %s (%s)', (_, told) => {
    expect(judge('DROPPED_UPDATE', told)).toMatchObject({ count: 0, relevant: 0, witnesses: [] });
  });

  it('is judged of the write that was dropped, not of the one that lives', () => {
    expect(judge('DROPPED_UPDATE', `${CONCURRENT} 0=[1,0] 1! M0,1@2-1`)).toMatchObject({
      count: 0,
      relevant: 1,
    });
    expect(judge('DROPPED_UPDATE', `${CONCURRENT} 0=[1,0] 1! M0,1@2-0`)).toMatchObject({
      count: 1,
      relevant: 1,
    });
  });

  it('counts both if each was dropped somewhere', () => {
    const told = `${CONCURRENT} 0=[1,0] 1=[0,1] M0,1@1-0 M0,1@2-1`;
    expect(judge('DROPPED_UPDATE', told)).toMatchObject({ count: 2, relevant: 2 });
  });

  it('shows at the first replica that dropped it, with the dropped write last', () => {
    const told = `${CONCURRENT} 0=[1,0] 1=[0,1] M0,1@0 M0,1@1-0 M0,1@2-0`;
    const [witness] = judge('DROPPED_UPDATE', told).witnesses;
    expect(witness.atMs).toBe(7);
    expect(witness.operations.at(-1)?.id).toBe(0);
  });
});
