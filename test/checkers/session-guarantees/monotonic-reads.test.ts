import { describe, expect, it } from '@jest/globals';
import { judge } from '../../support/judge';

describe('MONOTONIC_READS', () => {
  it.each([
    ['an older version than it read before', '0rx 0=2 | 0rx 0=1'],
    ['what it had read is gone', '0rx 0=2 | 0rx 0=-'],
    ['older than the newest, if not than the last', '0rx 0=3 0rx 0=1 | 0rx 0=2'],
    ['an older epoch', '0rx 0=2.1 | 0rx 0=9'],
    ['other operations between', '0rx 0=2 0ry 0=5 1rx 1=1 | 0rx 0=1'],
    ['the delete that it read is gone', '0wx 0=1 0dx 0=2 1rx 1=2 | 1rx 1=1'],
    ['an older vector', '0rx 0=[2,1] | 0rx 0=[1,1]'],
    ['older than one of two concurrent ones', '0rx 0=[2,0] 0rx 0=[0,2] | 0rx 0=[1,0]'],
    ['an earlier clock', '0rx 0=~5:1 | 0rx 0=~4:2'],
  ])('is: %s (%s)', (_, told) => {
    expect(judge('MONOTONIC_READS', told)).toMatchObject({ count: 1, relevant: 1 });
  });

  it.each([
    ['the same again', '0rx 0=2 | 0rx 0=2'],
    ['a newer version', '0rx 0=2 | 0rx 0=3'],
    ['another session had read it', '0rx 0=2 | 1rx 1=1'],
    ['of another key', '0rx 0=2 | 0ry 0=1'],
    ['nobody knows what it had read', '0rx 0? | 0rx 0=1'],
    ['it had found nothing', '0rx 0=- | 0rx 0=-'],
    ['its earlier read failed', '0rx 0! | 0rx 0=1'],
    ['a concurrent version', '0rx 0=[2,0] | 0rx 0=[0,1]'],
    ['a vector with zeros behind', '0rx 0=[2] | 0rx 0=[2,0]'],
    ['it only wrote the newer version', '0wx 0=2 | 0rx 0=1'],
  ])('is not: %s (%s)', (_, told) => {
    expect(judge('MONOTONIC_READS', told)).toMatchObject({ count: 0, relevant: 1, witnesses: [] });
  });

  it.each([
    ['the read failed', '0rx 0=2 | 0rx 0!'],
    ['the read is under way at the end', '0rx 0=2 | 0rx'],
    ['the read arrived after the duration', '0rx 0=2 | | 0rx 0=1'],
  ])('is not judged: %s (%s)', (_, told) => {
    expect(judge('MONOTONIC_READS', told)).toMatchObject({ count: 0, relevant: 0, witnesses: [] });
  });

  it('counts every read that goes back, until one has caught up', () => {
    expect(judge('MONOTONIC_READS', '0rx 0=3 0rx 0=1 0rx 0=2 0rx 0=3 0rx 0=3')).toMatchObject({
      count: 2,
      relevant: 5,
    });
  });

  it('tells both reads, their replicas, and what would have been right', () => {
    const [witness] = judge('MONOTONIC_READS', '1rx 1=131 1rx 1=118').witnesses;
    expect(witness.explanation).toBe(
      'Session 1 (us-west) read key x and at 1.0 ms got version 131 (epoch 1) from tokyo-1. It sent another read ' +
        'of the same key at 2.0 ms and at 3.0 ms got version 118 (epoch 1) from tokyo-1: for this session time ' +
        'went backwards. Any correct answer is version 131 (epoch 1) or newer.',
    );
  });
});
