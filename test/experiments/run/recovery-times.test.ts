import { describe, expect, it } from '@jest/globals';
import { RecoveryTimes } from '../../../src/experiments/run/recovery-times';
import type { FaultKind } from '../../../src/model/observer';
import { history } from '../../support/history-notation';

/** Faults come before the events of the same time. */
function recoveryOf(told: string, faults: readonly (readonly [FaultKind, number])[]) {
  const { outline, events } = history(told);
  const times = new RecoveryTimes(outline);
  const coming = [...faults];
  for (const { kind, operation } of events) {
    const atMs = kind === 'ENDED' ? operation.completedAtMs : operation.invokedAtMs;
    for (let next = coming[0]; next !== undefined && next[1] <= atMs; next = coming[0]) {
      const [faultKind, faultAtMs] = next;
      times.fault({ kind: faultKind, atMs: faultAtMs, nodes: [0], text: [] });
      coming.shift();
    }
    if (kind === 'ENDED') times.operationEnded(operation);
  }
  const { histogram, unrecovered } = times.measured();
  return { count: histogram.count, minNs: histogram.minNs, maxNs: histogram.maxNs, unrecovered };
}

const NONE = { count: 0, minNs: null, maxNs: null, unrecovered: 0 };

describe('recovery time', () => {
  it('runs from a crash to the first acknowledged write after it', () => {
    expect(recoveryOf('0wx 0=1 0wx 0? 0rx 0=1 0wx 0=2 0wx 0=3', [['CRASH', 2]])).toEqual({
      count: 1,
      minNs: 5_000_000,
      maxNs: 5_000_000,
      unrecovered: 0,
    });
  });

  it('is measured for each of several faults before that write', () => {
    const faults = [
      ['CRASH', 1],
      ['CRASH', 2],
    ] as const;
    expect(recoveryOf('0rx 0=- 0wx 0=1', faults)).toMatchObject({ count: 2, minNs: 1e6, maxNs: 2e6 });
  });

  it('does not exist when no write is acknowledged any more', () => {
    expect(recoveryOf('0wx 0=1 0wx 0! 0wx 0? 0rx 0=1', [['CRASH', 2]])).toEqual({ ...NONE, unrecovered: 1 });
  });

  it.each(['RESTART', 'CAUGHT_UP'] as const)('is not measured from a %s', (kind) => {
    expect(recoveryOf('0wx 0=1 0wx 0=2', [[kind, 2]])).toEqual(NONE);
  });

  it('is not measured from a fault outside the measured duration', () => {
    expect(recoveryOf('0wx 0=1 | 0wx 0=2 | 0wx 0=3', [['CRASH', -1]])).toEqual(NONE);
    expect(recoveryOf('| 0wx 0=1 | 0wx 0=2', [['CRASH', 3]])).toEqual(NONE);
  });
});
