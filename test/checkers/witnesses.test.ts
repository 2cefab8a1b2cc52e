import { describe, expect, it } from '@jest/globals';
import type { AnomalyKind } from '../../src/model/anomaly';
import { judge } from '../support/judge';
import type { HistoryOptions } from '../support/history-notation';

/** A small history with each anomaly: what is told of it must be understood by somebody who was not there. */
const HISTORIES: Readonly<Record<AnomalyKind, readonly [told: string, options?: HistoryOptions]>> = {
  STALE_READ: ['0wx 0=118 0wx 0=131 1rx 1=118'],
  READ_YOUR_WRITES: ['0wx 0=7 0rx 0=-'],
  MONOTONIC_READS: ['0wx 0=7 0wx 0=8 1rx 1=8 1rx 1=7'],
  MONOTONIC_WRITES: ['0wx 0=~20:1 0wx 0=~15:2'],
  WRITES_FOLLOW_READS: ['1wx 1=[2,1] 0rx 0=[2,1] 0wx 0=[1,0]'],
  CONSISTENT_PREFIX: ['0wx 0=4 0wy<0 0=5 1ry 1=5 1rx 1=-'],
  LOST_WRITE: ['0wx C0@0 0=3 D0@0 ; 0:x=-{} 1:x=-{}'],
  DIRTY_READ: ['0wx C0@0 1rx 1=3@0 0=3 D0@0 ; 0:x=-{} 1:x=-{}'],
  DROPPED_UPDATE: ['0wx 0=[1,0] 1wx 1=[0,1] M0,1@2-0'],
  CONFLICT: ['0wx C0@0 0=[1,0] 1wx C1@1 1=[0,1] M0,1@2'],
  SPLIT_BRAIN: ['L0.1 0wx 0=1 L1.2 0wx 0=2 1wy 1=1.2 l0.1'],
  DIVERGENCE: ['0wx 0=1 ; 0:x=2 1:x=1 2:x=2'],
  RESURRECTED_DELETE: ['0wx 0=1 0dx 0=2 1rx 1=1'],
  INVARIANT: ['0ix-5 0=1 1rx 1=1#-5', { invariants: [{ key: null, min: 0 }] }],
  FALSE_FAILOVER: ['L0.1 F0>1:RUNNING,3'],
};

describe.each(Object.keys(HISTORIES) as AnomalyKind[])('the witness of %s', (kind) => {
  it('says who did what when at which replica, why that is wrong, and what would have been right', () => {
    const [told, options] = HISTORIES[kind];
    const { witnesses } = judge(kind, told, options);
    expect(witnesses).toHaveLength(1);
    expect(`\n${wrapped(witnesses[0].explanation)}\n`).toMatchSnapshot();
  });
});

const COLUMNS = 100;

/** In lines, so that a change can be read. */
function wrapped(text: string): string {
  const lines = [''];
  for (const word of text.split(' '))
    if (lines[lines.length - 1].length + word.length < COLUMNS)
      lines.push(`${lines.pop() ?? ''} ${word}`.trim());
    else lines.push(word);
  return lines.join('\n');
}
