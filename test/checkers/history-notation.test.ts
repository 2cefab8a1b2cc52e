import { describe, expect, it } from '@jest/globals';
import { history, operationsOf, play, type History } from '../support/history-notation';

function operationOf({ moments }: History, id: number) {
  const ended = moments.find((moment) => moment.kind === 'ENDED' && moment.operation.id === id);
  if (ended === undefined || !('operation' in ended)) throw new Error(`operation ${id} did not end`);
  return ended.operation;
}

describe('the history notation', () => {
  it.each([
    ['0rx 0=5', { epoch: 1, lsn: 5 }],
    ['0rx 0=2.5', { epoch: 2, lsn: 5 }],
    ['0rx 0=-', null],
    ['0rx 0=[2,1]', { vector: [2, 1] }],
    ['0wx 0=~5:1', { timestampMs: 5, node: 1, operation: 0 }],
    ['0rx 1wx 1! 0=~5:1@1', { timestampMs: 5, node: 1, operation: 1 }],
  ])('says versions: %s', (told, version) => {
    expect(operationOf(history(told), 0).version).toEqual(version);
  });

  it.each([
    ['the one write that has the version', '0wx 0=5 0rx 0=5', { writer: 0, value: 0 }],
    ['a write that was sent by then', '0wx 1rx 1=5 0=5', { writer: 0, value: 0 }],
    ['none that was sent only later', '0wx 0! 1rx 1=5 0wx 0=5', { writer: null }],
    ['none of two', '0wx 1rx 2wx 0=5 2=5 1=5', { writer: null }],
    ['none of another key', '0wy 1rx 0=5 1=5', { writer: null }],
    ['the one that is stated', '0wx 1rx 1=5@0 0!', { writer: 0, value: 0 }],
    ['the one whose version a node states', '0wx 1rx D0@1=5 0? 1=5', { writer: 0, value: 0 }],
    ['a delete, which leaves nothing', '0dx 1rx 0=5 1=5', { writer: 0, value: null }],
    ['a write with the value that is stated', '0ix-5 1rx 0=5 1=5#-5', { writer: 0, value: -5 }],
    ['a set', '0rz 1rx 1=5#{1,2} 0=-', { writer: null, value: [1, 2] }],
    ['nothing', '0rz 1rx 1=- 0=-', { writer: null, value: null }],
  ])('finds who wrote what was read: %s (%s)', (_, told, expected) => {
    expect(operationOf(history(told), 1)).toMatchObject(expected);
  });

  it('says what writes do, and which they answer', () => {
    const told = history('0wx 0=1 1ix-5<0 1=2 0dx<1 0=3');
    expect([0, 1, 2].map((id) => operationOf(told, id))).toMatchObject([
      { kind: 'WRITE', effect: 'SET', operand: 0, cause: null },
      { kind: 'WRITE', effect: 'INCREMENT', operand: -5, cause: 0 },
      { kind: 'WRITE', effect: 'DELETE', operand: 0, cause: 1 },
    ]);
    expect(told.outline).toMatchObject({ hasCauses: true, hasDeletes: true, versionOrder: undefined });
    expect(history('0wx 0=[1]').outline).toMatchObject({
      hasCauses: false,
      hasDeletes: false,
      versionOrder: 'PARTIAL',
    });
  });

  it('says what nodes do', () => {
    const text = '| 0wx C0@1=5 1wx D1@2=6 M0,1@2-1 L1.2 l1.2 O0,1 F0>2:PAUSED,2';
    const { moments } = history(text);
    expect(moments.filter((moment) => !('operation' in moment))).toMatchObject([
      { commit: { operation: 0, key: 23, version: { lsn: 5 }, node: 1, atMs: 2, measured: true } },
      { discard: { operation: 1, key: 23, version: { lsn: 6 }, node: 2, atMs: 4 } },
      { reconciliation: { replica: 2, key: 23, operations: [0, 1], dropped: 1, atMs: 5 } },
      { event: { kind: 'BEGAN', node: 1, epoch: 2, atMs: 6 } },
      { event: { kind: 'ENDED', node: 1, epoch: 2, atMs: 7 } },
      { fault: { kind: 'DATACENTER_OUTAGE', nodes: [0, 1], atMs: 8 } },
      { failover: { oldLeader: 0, newLeader: 2, condition: 'PAUSED', reachedNodes: 2, atMs: 9 } },
    ]);
  });

  it('says what nodes hold: what is stated, or what they did not give up', () => {
    const { states } = history('0wx 0=5 1wx 1=6 2wx 2! D1@1 ; 0:x=5,y=[1,2]#7{1} 1');
    const held = (state: (typeof states)[number]) =>
      [5, 6].filter((lsn) => state.holds({ operation: lsn - 5, key: 23, version: { epoch: 1, lsn } }));
    expect(states.map(held)).toEqual([[6], [5]]);
    expect(states.map((state) => state.versionOf(23))).toEqual([{ epoch: 1, lsn: 5 }, null]);
    expect(states.map((state) => state.valueFor(24))).toEqual([7, null]);
    expect(() => states[0].holds({ operation: 0, key: 3, version: { epoch: 1, lsn: 5 } })).toThrow(
      'of another',
    );
  });

  it('tells an observer in order, with open operations ended before all is settled', () => {
    const heard: string[] = [];
    const names = ['operationInvoked', 'operationEnded', 'committed', 'clientsStopped', 'settled'] as const;
    const observer = Object.fromEntries(names.map((name) => [name, () => heard.push(name)]));
    play(history('0wx C0@1=5'), observer);
    expect(heard).toEqual(['operationInvoked', 'committed', 'clientsStopped', 'operationEnded', 'settled']);
    expect(operationsOf(history('0wx 0=5 1rx'))).toHaveLength(1);
  });

  it('hands over a version that is good until the next call', () => {
    const heard: unknown[] = [];
    play(history('0wx 0=5'), { operationEnded: ({ version }) => heard.push(version) });
    expect(heard).toEqual([{ epoch: NaN, lsn: NaN }]);
  });

  it.each(['0xx', '0w', '1=5', '0rx 0rx', '0wx C0@1', 'C0@1=5', '0wx<3', '; 0:x', '; 0:x=5,,q', '; x'])(
    'refuses what it does not understand: %s',
    (told) => {
      expect(() => history(told)).toThrow();
    },
  );
});
