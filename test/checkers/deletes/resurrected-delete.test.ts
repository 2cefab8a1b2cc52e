import { describe, expect, it } from '@jest/globals';
import { judge } from '../../support/judge';

describe('RESURRECTED_DELETE', () => {
  it.each([
    ['a deleted value is read', '0wx 0=1 0dx 0=2 1rx 1=1'],
    ['deleted by the same session', '0wx 0=1 0dx 0=2 0rx 0=1'],
    ['a value from before an older epoch ended', '0wx 0=9 0dx 0=2.3 1rx 1=9'],
    ['deleted at the same time, but before', '0wx 0=1 0dx 0=2 ^1rx 1=1'],
    ['deleted in the warm-up', '0wx 0=1 0dx 0=2 | 1rx 1=1'],
    ['written again since, which is not read', '0wx 0=1 0dx 0=2 0wx 0=3 1rx 1=1'],
    ['what nobody is known to have written', '0dx 0=2 1rx 1=1'],
    ['an older vector', '0wx 0=[1,0] 0dx 0=[2,0] 1rx 1=[1,0]'],
    ['older than one of two concurrent deletes', '0wx 0=[1,0] 0dx 0=[1,1] 1dx 1=[2,0] 2rx 2=[1,0]'],
    ['an earlier write by the clocks', '0wx 0=~5:1 0dx 0=~7:1 1rx 1=~5:1'],
    ['a counter that was deleted', '0ix+3 0=1 0dx 0=2 1rx 1=1#3'],
  ])('is: %s (%s)', (_, told) => {
    expect(judge('RESURRECTED_DELETE', told)).toMatchObject({ count: 1, affected: 1, relevant: 1 });
  });

  it.each([
    ['written after the delete', '0wx 0=1 0dx 0=2 0wx 0=3 1rx 1=3'],
    ['deleted after the read was sent', '0wx 0=1 1rx 0dx 0=2 1=1'],
    ['deleted at the same time, but after', '0wx 0=1 0dx 1rx ^0=2 1=1'],
    ['another key was deleted', '0wx 0=1 0dy 0=2 1rx 1=1'],
    ['the delete failed', '0wx 0=1 0dx 0! 1rx 1=1'],
    ['nobody knows about the delete', '0wx 0=1 0dx 0? 1rx 1=1'],
    ['the delete is under way at the end', '0wx 0=1 0dx 1rx 1=1'],
    ['overwritten, not deleted', '2dy 2=1 0wx 0=1 0wx 0=2 1rx 1=1'],
    ['a value concurrent with the delete', '0wx 0=[1,0] 1dx 1=[0,1] 2rx 2=[1,0]'],
    ['a later write by the clocks', '0wx 0=~9:1 1dx 1=~7:1 2rx 2=~9:1'],
  ])('is not: %s (%s)', (_, told) => {
    expect(judge('RESURRECTED_DELETE', told)).toMatchObject({ count: 0, relevant: 1, witnesses: [] });
  });

  it.each([
    ['no write of the run deletes', '0wx 0=1 0wx 0=2 1rx 1=1'],
    ['the delete is read', '0wx 0=1 0dx 0=2 1rx 1=2'],
    ['nothing is there', '0wx 0=1 0dx 0=2 1rx 1=-'],
    ['an older delete is read', '0dx 0=1 0dx 0=2 1rx 1=1'],
    ['the read failed', '0wx 0=1 0dx 0=2 1rx 1!'],
    ['the read is under way at the end', '0wx 0=1 0dx 0=2 1rx'],
    ['the read arrived in the warm-up', '0wx 0=1 0dx 0=2 1rx | 1=1'],
  ])('is not judged: %s (%s)', (_, told) => {
    expect(judge('RESURRECTED_DELETE', told)).toMatchObject({ count: 0, relevant: 0, witnesses: [] });
  });

  it('shows the delete and the read', () => {
    const [witness] = judge('RESURRECTED_DELETE', '0wx 0=1 0dx 0=2 0wx 0=3 1rx 1=1').witnesses;
    expect(witness).toMatchObject({ atMs: 7, operations: [{ id: 1 }, { id: 3 }] });
  });
});
