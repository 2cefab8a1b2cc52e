import { describe, expect, it } from '@jest/globals';
import { judge } from '../../support/judge';

describe('STALE_READ', () => {
  it.each([
    ['an acknowledged write is not there', '0wx 0=1 1rx 1=-'],
    ['an older version than the acknowledged one', '0wx 0=1 0wx 0=2 1rx 1=1'],
    ['an older epoch, though a higher position', '0wx 0=9 0wx 0=2.3 1rx 1=9'],
    ['its own session wrote it', '0wx 0=1 0rx 0=-'],
    ['the acknowledgement came at the same time, but before', '0wx 0=1 ^1rx 1=-'],
    ['acknowledged before the read was sent, after it arrived', '0wx 1@ 0=1 1rx 1=-'],
    ['written in the warm-up', '0wx 0=1 | 1rx 1=-'],
    ['sent after the duration, arrived within', '| 0wx 0=1 1@ | 1rx 1=-'],
    ['an older write was acknowledged last', '0wx 1wx 0=2 1=1 2rx 2=1'],
    ['an older vector', '0wx 0=[2,1] 1rx 1=[1,1]'],
    ['older than one of two concurrent ones', '0wx 0=[2,0] 1wx 1=[0,2] 2rx 2=[0,1]'],
    ['older than both of two concurrent ones', '0wx 0=[2,0] 1wx 1=[0,2] 2rx 2=-'],
    ['an earlier clock', '0wx 0=~5:1 1rx 1=~4:2'],
    ['the lower node at the same time', '0wx 0=~5:1 1rx 1=~5:0'],
    ['a delete is not there', '0wx 0=1 0dx 0=2 1rx 1=1'],
  ])('is: %s (%s)', (_, told) => {
    expect(judge('STALE_READ', told)).toMatchObject({ count: 1, relevant: 1 });
  });

  it.each([
    ['the acknowledged version itself', '0wx 0=1 1rx 1=1'],
    ['a newer version than any acknowledged', '0wx 0=1 1wx 2rx 2=2 1=2'],
    ['acknowledged after the read was sent', '0wx 1rx 0=1 1=-'],
    ['acknowledged at the same time, but after', '0wx 1rx ^0=1 1=-'],
    ['of another key', '0wx 0=1 1ry 1=-'],
    ['the write failed', '0wx 0! 1rx 1=-'],
    ['nobody knows about the write', '0wx 0? 1rx 1=-'],
    ['a later epoch, though a lower position', '0wx 0=9 1rx 1=2.3'],
    ['the write is under way at the end', '0wx 1rx 1=-'],
    ['a concurrent version', '0wx 0=[2,0] 1rx 1=[0,1]'],
    ['concurrent with both of two', '0wx 0=[2,0,0] 1wx 1=[0,2,0] 2rx 2=[0,0,1]'],
    ['a vector with zeros behind', '0wx 0=[2] 1rx 1=[2,0]'],
    ['a later clock', '0wx 0=~5:1 1rx 1=~6:0'],
    ['the later operation at the same time and node', '0wx 0=~5:1 1wx 2rx 2=~5:1@1'],
  ])('is not: %s (%s)', (_, told) => {
    expect(judge('STALE_READ', told)).toMatchObject({ count: 0, relevant: 1, witnesses: [] });
  });

  it.each([
    ['the read failed', '0wx 0=1 1rx 1!'],
    ['nobody knows what was read', '0wx 0=1 1rx 1?'],
    ['the read is under way at the end', '0wx 0=1 1rx'],
    ['the read arrived in the warm-up', '0wx 0=1 1rx | 1=-'],
    ['the read arrived after the duration', '| 0wx 0=1 | 1rx 1=-'],
    ['the read arrived as the duration ended', '| 0wx 0=1 | ^1rx 1=-'],
  ])('is not judged: %s (%s)', (_, told) => {
    expect(judge('STALE_READ', told)).toMatchObject({ count: 0, relevant: 0, witnesses: [] });
  });

  it('tells who read what, what had been acknowledged to whom, and what would have been right', () => {
    const [witness] = judge('STALE_READ', '0wx 0=118 0wx 0=131 1rx 1=118').witnesses;
    expect(witness.explanation).toBe(
      'Session 1 (us-west) sent a read of key x at 4.0 ms and at 5.0 ms got version 118 (epoch 1) from tokyo-1, ' +
        'although version 131 (epoch 1) had been acknowledged to session 0 (seoul) at 3.0 ms, 1.0 ms before the ' +
        'read began. Any correct answer is version 131 (epoch 1) or newer.',
    );
    expect(witness.operations.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('says of a key that was not found that it was not', () => {
    const [witness] = judge('STALE_READ', '0wx 0=1 0rx 0=-').witnesses;
    expect(witness.explanation).toContain(
      'got the answer from seoul-1 that the key does not exist, although version 1 (epoch 1) had been ' +
        'acknowledged to the same session',
    );
  });

  it('keeps the first ten witnesses of many', () => {
    const { count, witnesses } = judge('STALE_READ', `0wx 0=1 ${'1rx 1=- '.repeat(12)}`);
    expect(count).toBe(12);
    expect(witnesses.map(({ atMs }) => atMs)).toEqual([3, 5, 7, 9, 11, 13, 15, 17, 19, 21]);
  });

  it('orders witnesses that show at the same time by their operation', () => {
    const { witnesses } = judge('STALE_READ', '0wx 0=1 1rx 2rx 2=- ^1=-');
    expect(witnesses.map(({ operations }) => operations.at(-1)?.session)).toEqual([1, 2]);
  });
});
