import { describe, expect, it } from '@jest/globals';
import { judge } from '../../support/judge';

describe('READ_YOUR_WRITES', () => {
  it.each([
    ['its own write is not there', '0wx 0=1 0rx 0=-'],
    ['an older version than it wrote', '0wx 0=1 0wx 0=2 0rx 0=1'],
    ['sent at the moment of the acknowledgement', '0wx 0=1 ^0rx 0=-'],
    ['written in the warm-up', '0wx 0=1 | 0rx 0=-'],
    ['other operations between', '0wx 0=1 0wy 0=2 1wx 1=3 0rx 0=-'],
    ['its own delete is not there', '0wx 0=1 0dx 0=2 0rx 0=1'],
    ['an older vector', '0wx 0=[2,1] 0rx 0=[2,0]'],
    ['older than one of its two concurrent writes', '0wx 0=[2,0] 0wx 0=[0,2] 0rx 0=[1,0]'],
    ['an earlier clock', '0wx 0=~5:1 0rx 0=~4:2'],
  ])('is: %s (%s)', (_, told) => {
    expect(judge('READ_YOUR_WRITES', told)).toMatchObject({ count: 1, relevant: 1 });
  });

  it.each([
    ['what it wrote', '0wx 0=1 0rx 0=1'],
    ['a newer version of somebody else', '0wx 0=1 1wx 1=2 0rx 0=2'],
    ['another session wrote it', '0wx 0=1 1rx 1=-'],
    ['another key', '0wx 0=1 0ry 0=-'],
    ['its write failed', '0wx 0! 0rx 0=-'],
    ['nobody knows about its write', '0wx 0? 0rx 0=-'],
    ['a concurrent version', '0wx 0=[2,0] 0rx 0=[0,1]'],
    ['the later operation at the same time and node', '0wx 0=~5:1 1wx 0rx 0=~5:1@1'],
    ['it only read the newer version', '0rx 0=2 | 0rx 0=1'],
  ])('is not: %s (%s)', (_, told) => {
    expect(judge('READ_YOUR_WRITES', told)).toMatchObject({ count: 0, relevant: 1, witnesses: [] });
  });

  it.each([
    ['nobody knows what it read', '0wx 0=1 0rx 0?'],
    ['its read is under way at the end', '0wx 0=1 0rx'],
    ['it read in the warm-up', '0wx 0=1 0rx | 0=-'],
  ])('is not judged: %s (%s)', (_, told) => {
    expect(judge('READ_YOUR_WRITES', told)).toMatchObject({ count: 0, relevant: 0 });
  });

  it('tells what the session wrote, what it read, and what would have been right', () => {
    const [witness] = judge('READ_YOUR_WRITES', '0wx 0=118 1wx 1=131 1rx 1=118').witnesses;
    expect(witness.explanation).toBe(
      'Session 1 (us-west) wrote key x, and version 131 (epoch 1) was acknowledged to it at 3.0 ms. It sent a ' +
        'read of the same key at 4.0 ms and at 5.0 ms got version 118 (epoch 1) from tokyo-1: it does not see its ' +
        'own write. Any correct answer is version 131 (epoch 1) or newer.',
    );
  });
});
