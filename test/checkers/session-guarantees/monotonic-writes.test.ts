import { describe, expect, it } from '@jest/globals';
import { judge } from '../../support/judge';

describe('MONOTONIC_WRITES', () => {
  it.each([
    ['a later write got an older version', '0wx 0=2 | 0wx 0=1'],
    ['an older epoch, though a higher position', '0wx 0=2.1 | 0wx 0=9'],
    ['older than the newest, if not than the last', '0wx 0=3 0wx 0=1 | 0wx 0=2'],
    ['a delete before what it deletes', '0wx 0=2 | 0dx 0=1'],
    ['sent at the moment of the acknowledgement', '0wx 0=2 | ^0wx 0=1'],
    ['other operations between', '0wx 0=2 0wy 0=5 1wx 1=3 0rx 0=3 | 0wx 0=1'],
    ['an older vector', '0wx 0=[2,1] | 0wx 0=[1,1]'],
    ['older than one of two concurrent ones', '0wx 0=[2,0] 0wx 0=[0,2] | 0wx 0=[1,0]'],
    ['a clock that went back', '0wx 0=~5:1 | 0wx 0=~4:2'],
    ['the lower node at the same time', '0wx 0=~5:1 | 0wx 0=~5:0'],
  ])('is: %s (%s)', (_, told) => {
    expect(judge('MONOTONIC_WRITES', told)).toMatchObject({ count: 1, affected: 1, relevant: 1 });
  });

  it.each([
    ['a newer version', '0wx 0=1 | 0wx 0=2'],
    ['another session had written it', '0wx 0=2 | 1wx 1=1'],
    ['of another key', '0wx 0=2 | 0wy 0=1'],
    ['the newer one failed', '0wx 0! | 0wx 0=1'],
    ['nobody knows about the newer one', '0wx 0? | 0wx 0=1'],
    ['it only read the newer version', '0rx 0=2 | 0wx 0=1'],
    ['a concurrent version', '0wx 0=[2,0] | 0wx 0=[1,1]'],
    ['the later operation at the same time and node', '0wx 0=~5:1 | 0wx 0=~5:1'],
  ])('is not: %s (%s)', (_, told) => {
    expect(judge('MONOTONIC_WRITES', told)).toMatchObject({ count: 0, relevant: 1, witnesses: [] });
  });

  it.each([
    ['the later write failed', '0wx 0=2 | 0wx 0!'],
    ['nobody knows about the later write', '0wx 0=2 | 0wx 0?'],
    ['the later write is under way at the end', '0wx 0=2 | 0wx'],
    ['it was written in the warm-up', '0wx 0=2 0wx 0=1 |'],
    ['it arrived after the duration', '0wx 0=2 | | 0wx 0=1'],
    ['a read', '0wx 0=2 | 0rx 0=1'],
  ])('is not judged: %s (%s)', (_, told) => {
    expect(judge('MONOTONIC_WRITES', told)).toMatchObject({ count: 0, relevant: 0, witnesses: [] });
  });

  it('shows both writes', () => {
    const [witness] = judge('MONOTONIC_WRITES', '1wx 1=4 0wx 0=3 0wx 0=5 0wx 0=2').witnesses;
    expect(witness).toMatchObject({ atMs: 7, operations: [{ id: 2 }, { id: 3 }] });
  });
});
