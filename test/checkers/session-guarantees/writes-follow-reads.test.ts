import { describe, expect, it } from '@jest/globals';
import { judge } from '../../support/judge';

describe('WRITES_FOLLOW_READS', () => {
  it.each([
    ['a write older than what its session had read', '0rx 0=2 | 0wx 0=1'],
    ['an older epoch, though a higher position', '0rx 0=2.1 | 0wx 0=9'],
    ['older than the newest it read, if not than the last', '0rx 0=3 0rx 0=1 | 0wx 0=2'],
    ['a delete', '0rx 0=2 | 0dx 0=1'],
    ['read what somebody else wrote', '1wx 1=2 0rx 0=2 | 0wx 0=1'],
    ['an older vector', '0rx 0=[1,2] | 0wx 0=[1,1]'],
    ['older than one of two concurrent ones', '0rx 0=[2,0] 0rx 0=[0,2] | 0wx 0=[1,0]'],
    ['a clock behind', '1wx 1=~5:1 0rx 0=~5:1 | 0wx 0=~4:0'],
  ])('is: %s (%s)', (_, told) => {
    expect(judge('WRITES_FOLLOW_READS', told)).toMatchObject({ count: 1, affected: 1, relevant: 1 });
  });

  it.each([
    ['a newer version', '0rx 0=1 | 0wx 0=2'],
    ['it had found nothing', '0rx 0=- | 0wx 0=1'],
    ['another session had read it', '0rx 0=2 | 1wx 1=1'],
    ['of another key', '0rx 0=2 | 0wy 0=1'],
    ['its read failed', '0rx 0! | 0wx 0=1'],
    ['nobody knows what it read', '0rx 0? | 0wx 0=1'],
    ['it only wrote the newer version', '0wx 0=2 | 0wx 0=1'],
    ['a concurrent version', '0rx 0=[2,0] | 0wx 0=[0,1]'],
  ])('is not: %s (%s)', (_, told) => {
    expect(judge('WRITES_FOLLOW_READS', told)).toMatchObject({ count: 0, relevant: 1, witnesses: [] });
  });

  it.each([
    ['the write failed', '0rx 0=2 | 0wx 0!'],
    ['the write is under way at the end', '0rx 0=2 | 0wx'],
    ['it was written in the warm-up', '0rx 0=2 0wx 0=1 |'],
    ['a read', '0rx 0=2 | 0rx 0=1'],
  ])('is not judged: %s (%s)', (_, told) => {
    expect(judge('WRITES_FOLLOW_READS', told)).toMatchObject({ count: 0, relevant: 0, witnesses: [] });
  });

  it('shows the read and the write', () => {
    const [witness] = judge('WRITES_FOLLOW_READS', '0rx 0=3 0rx 0=5 1rx 1=9 0wx 0=2').witnesses;
    expect(witness).toMatchObject({ atMs: 7, operations: [{ id: 1 }, { id: 3 }] });
  });
});
