import { describe, expect, it } from '@jest/globals';
import { judge } from '../../support/judge';

describe('FALSE_FAILOVER', () => {
  it.each([
    ['from a leader that runs and that all reach', 'L0.1 F0>1'],
    ['from one that runs and that the majority reaches', 'L0.1 F0>1:RUNNING,2'],
    ['in the warm-up', 'F0>1 |'],
  ])('is: %s (%s)', (_, told) => {
    expect(judge('FALSE_FAILOVER', told)).toMatchObject({ count: 1, affected: 1, relevant: 1 });
  });

  it.each([
    ['from one that crashed', 'L0.1 X0 F0>1:DOWN,0'],
    ['from one that paused', 'L0.1 P0 F0>1:PAUSED,3'],
    ['from one that the majority does not reach', 'L0.1 F0>1:RUNNING,1'],
  ])('is not: %s (%s)', (_, told) => {
    expect(judge('FALSE_FAILOVER', told)).toMatchObject({ count: 0, relevant: 1, witnesses: [] });
  });

  it.each([
    ['nobody took over', 'L0.1 l0.1 L1.2'],
    ['nothing happened', '0wx 0=1'],
  ])('is not judged: %s (%s)', (_, told) => {
    expect(judge('FALSE_FAILOVER', told)).toMatchObject({ count: 0, relevant: 0, witnesses: [] });
  });

  it.each([
    [2, 1, 0],
    [2, 2, 1],
    [4, 2, 0],
    [4, 3, 1],
  ])('of %d nodes, %d that reach the leader: %d', (nodes, reached, count) => {
    const names = Array.from({ length: nodes }, (_, node) => `node-${node + 1}`);
    expect(judge('FALSE_FAILOVER', `F0>1:RUNNING,${reached}`, { nodes: names })).toMatchObject({
      count,
      relevant: 1,
    });
  });

  it('counts every one, and shows as the new leader begins', () => {
    const { count, relevant, witnesses } = judge('FALSE_FAILOVER', '0wx F0>1 F1>2:DOWN,0 F2>0:RUNNING,2');
    expect({ count, relevant }).toEqual({ count: 2, relevant: 3 });
    expect(witnesses).toMatchObject([
      { atMs: 1, operations: [] },
      { atMs: 3, operations: [] },
    ]);
  });
});
