import { describe, expect, it } from '@jest/globals';
import { judge } from '../../support/judge';

/** Sessions 0, 1 and 2 are answered by the nodes 0, 1 and 2. */
describe('SPLIT_BRAIN', () => {
  it.each([
    ['two nodes lead and acknowledge writes', 'L0.1 L1.2 0wx 0=1 1wx 1=1'],
    ['until one of them hears of it', 'L0.1 L1.2 0wx 0=1 1wx 1=2.1 l0.1 0wx 0!'],
    ['of different keys', 'L0.1 L1.2 0wx 0=1 1wy 1=1'],
    ['written in the warm-up', 'L0.1 L1.2 0wx 0=1 1wx 1=1 |'],
    ['after the duration', '| | L0.1 L1.2 0wx 0=1 1wx 1=1'],
    ['sent before, acknowledged while both lead', '0wx 1wx L0.1 L1.2 0=1 1=1'],
    ['a pause does not end a belief', 'L0.1 P0 L1.2 1wx 1=1 G0 0wx 0=1'],
    ['a restart of another node', 'L0.1 L1.2 0wx 0=1 X2 R2 1wx 1=1'],
    ['at the same time', 'L0.1 ^L1.2 ^0wx ^1wx ^0=1 ^1=1'],
  ])('is: %s (%s)', (_, told) => {
    expect(judge('SPLIT_BRAIN', told)).toMatchObject({ count: 1, affected: 1, relevant: 1 });
  });

  it.each([
    ['only one acknowledges writes', 'L0.1 L1.2 0wx 0=1 0wx 0=2'],
    ['one acknowledged before the other led', 'L0.1 0wx 0=1 L1.2 1wx 1=1'],
    ['one acknowledged after the other was told', 'L0.1 L1.2 0wx 0=1 l0.1 1wx 1=1'],
    ['a crash ended a belief', 'L0.1 L1.2 0wx 0=1 X0 1wx 1=1'],
    ['an upgrade ended a belief', 'L0.1 L1.2 0wx 0=1 U0 1wx 1=1'],
    ['an outage ended both', 'L0.1 L1.2 0wx 0=1 O0,1 1wx 1=1'],
    ['one served only reads', 'L0.1 L1.2 0wx 0=1 1rx 1=1'],
    ['the write of one failed', 'L0.1 L1.2 0wx 0=1 1wx 1!'],
    ['nobody knows about the write of one', 'L0.1 L1.2 0wx 0=1 1wx 1?'],
    ['the write of one is under way at the end', 'L0.1 L1.2 0wx 0=1 1wx'],
    ['a third node acknowledged', 'L0.1 L1.2 0wx 0=1 2wx 2=1'],
  ])('is not: %s (%s)', (_, told) => {
    expect(judge('SPLIT_BRAIN', told)).toMatchObject({ count: 0, relevant: 1, witnesses: [] });
  });

  it.each([
    ['one leads after the other', 'L0.1 0wx 0=1 l0.1 L1.2 1wx 1=1'],
    ['one leads after the other crashed', 'L0.1 0wx 0=1 X0 L1.2 1wx 1=1'],
    ['one leads again after a crash', 'L0.1 0wx 0=1 X0 R0 L0.2 0wx 0=1 1wx 1=1'],
    ['none leads', '0wx 0=1 1wx 1=1'],
    ['one leads at the end of the other, but after', 'L0.1 l0.1 ^L1.2 0wx 0=1 1wx 1=1'],
  ])('is not judged: %s (%s)', (_, told) => {
    expect(judge('SPLIT_BRAIN', told)).toMatchObject({ count: 0, relevant: 0, witnesses: [] });
  });

  it('counts each stretch of time in which two lead', () => {
    const told = 'L0.1 L1.2 0wx 0=1 1wx 1=1 l1.2 L1.3 0wx 0=2 1wx 1=2 X1 R1 L1.4 0wx 0=3';
    expect(judge('SPLIT_BRAIN', told)).toMatchObject({ count: 2, relevant: 3 });
  });

  it('counts each pair of three that lead', () => {
    expect(judge('SPLIT_BRAIN', 'L0.1 L1.2 L2.3 0wx 0=1 1wx 1=1')).toMatchObject({ count: 1, relevant: 3 });
    expect(judge('SPLIT_BRAIN', 'L0.1 L1.2 L2.3 0wx 0=1 1wx 1=1 2wx 2=1')).toMatchObject({ count: 3 });
  });

  it('shows the first write of each side, as the second side has acknowledged one', () => {
    const { witnesses } = judge('SPLIT_BRAIN', 'L0.1 L1.2 1wx 1=1 1wx 1=2 0wx 0=1 0wx 0=2 l0.1');
    expect(witnesses).toMatchObject([{ atMs: 7, operations: [{ id: 0 }, { id: 2 }] }]);
  });
});

describe('a leader that begins again', () => {
  it('in a newer epoch leads in that one from then on, and the other side loses', () => {
    const { count, relevant, witnesses } = judge(
      'SPLIT_BRAIN',
      'L0.1 L1.2 0wx 0=1 1wy 1=1.2 L0.3 0wx 0=1.3 1wy 1=2.2 l1.2',
    );
    expect([count, relevant]).toEqual([2, 2]);
    expect(witnesses[1].explanation).toContain('and tokyo-1, which should have stopped,');
  });

  it('in the same epoch has not begun anew', () => {
    expect(judge('SPLIT_BRAIN', 'L0.1 L0.1 L1.2 0wx 0=1 1wy 1=1.2 l0.1')).toMatchObject({
      count: 1,
      relevant: 1,
    });
  });
});

describe('with several shards', () => {
  const options = { shardOf: (key: number) => key % 2 };

  it.each([
    ['two nodes lead one of them', 'L0.1/1 L1.2/1 0wb 0=1 1wd 1=1', 1],
    ['they lead another one too', 'L0.1/0 L1.1/1 L0.2/1 L1.2/0 0wb 0=1 1wd 1=1', 1],
    ['two nodes lead each', 'L0.1/0 L1.2/0 L0.1/1 L1.2/1 0wb 0=1 1wd 1=1 0wa 0=1 1wc 1=1', 2],
  ])('a split brain is one of a shard: %s (%s)', (_, told, count) => {
    expect(judge('SPLIT_BRAIN', told, options)).toMatchObject({ count });
  });

  it.each([
    ['each leads one of its own', 'L0.1/0 L1.1/1 0wa 0=1 1wb 1=1', 0],
    ['one acknowledges writes of another shard', 'L0.1/1 L1.2/1 0wb 0=1 1wa 1=1', 1],
    ['one forgot this shard', 'L0.1/0 L0.1/1 L1.2/1 l0.1/1 0wb 0=1 1wb 1=2', 1],
    ['one crashed', 'L0.1/0 L0.1/1 L1.2/1 L1.2/0 X0 0wb 0=1 1wb 1=2', 2],
  ])('is none when %s (%s)', (_, told, relevant) => {
    expect(judge('SPLIT_BRAIN', told, options)).toMatchObject({ count: 0, relevant });
  });

  it('its witness names the shard', () => {
    const { witnesses } = judge('SPLIT_BRAIN', 'L0.1/1 L1.2/1 0wb 0=1 1wd 1=1', options);
    expect(witnesses[0].explanation).toContain('two nodes believed that they led shard 1: seoul-1 (epoch 1)');
  });
});
