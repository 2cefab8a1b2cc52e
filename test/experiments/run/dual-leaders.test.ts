import { describe, expect, it } from '@jest/globals';
import { DualLeadersMeter } from '../../../src/experiments/run/dual-leaders';
import type { RunOutline } from '../../../src/model/observer';
import { began, ended, fault, outlineOf, TWO_SHARDS, write } from '../../support/leader-events';

function measured(tell: (meter: DualLeadersMeter) => void, options: Partial<RunOutline> = {}) {
  const meter = new DualLeadersMeter(outlineOf(options));
  tell(meter);
  meter.settled(1_000);
  const { durations, ...writes } = meter.measured();
  return { count: durations.count, totalNs: durations.sumNs, longestNs: durations.maxNs, ...writes };
}

describe('the time with two leaders', () => {
  it.each([
    ['until the older steps down', ended(0, 1, 70)],
    ['until the newer does', ended(1, 2, 70)],
  ])('lasts %s', (_, end) => {
    expect(
      measured((meter) => {
        meter.leadership(began(0, 1, 0));
        meter.leadership(began(1, 2, 30));
        meter.leadership(end);
      }),
    ).toMatchObject({ count: 1, totalNs: '40000000', longestNs: 40e6 });
  });

  it.each(['CRASH', 'UPGRADE', 'DATACENTER_OUTAGE'] as const)('lasts until one is down (%s)', (kind) => {
    expect(
      measured((meter) => {
        meter.leadership(began(0, 1, 0));
        meter.leadership(began(1, 2, 30));
        meter.fault(fault('PAUSE', 40, 0));
        meter.fault(fault(kind, 50, 0));
      }),
    ).toMatchObject({ count: 1, longestNs: 20e6 });
  });

  it('lasts until the end of the run', () => {
    expect(
      measured((meter) => {
        meter.leadership(began(0, 1, 0));
        meter.leadership(began(1, 2, 30));
      }),
    ).toMatchObject({ count: 1, longestNs: 970e6 });
  });

  it('is counted from the second leader to the last but one, however many there are', () => {
    expect(
      measured((meter) => {
        meter.leadership(began(0, 1, 0));
        meter.leadership(began(1, 2, 10));
        meter.leadership(began(2, 3, 20));
        meter.leadership(ended(0, 1, 40));
        meter.leadership(ended(1, 2, 70));
        meter.leadership(began(1, 4, 80));
        meter.leadership(ended(2, 3, 90));
      }),
    ).toMatchObject({ count: 2, totalNs: '70000000', longestNs: 60e6 });
  });

  it.each([
    ['one follows the other', [began(0, 1, 0), ended(0, 1, 10), began(1, 2, 20)]],
    ['one hands over to the other', [began(0, 1, 0), began(1, 2, 20), ended(0, 1, 20)]],
    ['a leader begins anew', [began(0, 1, 0), began(0, 2, 20)]],
  ])('is none when %s', (_, events) => {
    expect(
      measured((meter) => {
        for (const event of events) meter.leadership(event);
      }),
    ).toMatchObject({ count: 0, longestNs: null });
  });

  it('is of one shard', () => {
    expect(
      measured((meter) => {
        meter.leadership(began(0, 1, 0, 0));
        meter.leadership(began(1, 1, 0, 1));
        meter.leadership(began(2, 2, 900, 1));
      }, TWO_SHARDS),
    ).toMatchObject({ count: 1, longestNs: 100e6 });
  });
});

describe('writes of the older side', () => {
  it('are those that it acknowledges while there are two, and some of them are lost', () => {
    expect(
      measured((meter) => {
        meter.leadership(began(0, 1, 0));
        meter.operationEnded(write({ id: 1, node: 0, completedAtMs: 20 }));
        meter.leadership(began(1, 2, 30));
        meter.operationEnded(write({ id: 2, node: 0, completedAtMs: 40 }));
        meter.operationEnded(write({ id: 3, node: 0, completedAtMs: 41 }));
        meter.operationEnded(write({ id: 4, node: 1, completedAtMs: 42 }));
        meter.operationEnded(write({ id: 5, node: 2, completedAtMs: 43 }));
        meter.operationEnded(write({ id: 6, node: 0, completedAtMs: 44, outcome: 'FAILED' }));
        meter.operationEnded(write({ id: 7, node: 0, completedAtMs: 45, kind: 'READ' }));
        meter.operationEnded(write({ id: 8, node: 0, completedAtMs: 46, arrivedAtMs: -1 }));
        meter.leadership(ended(0, 1, 50));
        meter.operationEnded(write({ id: 9, node: 0, completedAtMs: 60 }));
        for (const operation of [1, 3, 9, -5])
          meter.lost({ operation, key: 0, version: { epoch: 1, lsn: 1 } });
      }),
    ).toMatchObject({ olderSideWrites: 2, olderSideLost: 1 });
  });

  it('of equal epochs are those of whoever led first', () => {
    expect(
      measured((meter) => {
        meter.leadership(began(1, 1, 0));
        meter.leadership(began(0, 1, 30));
        meter.operationEnded(write({ id: 1, node: 0, completedAtMs: 40 }));
        meter.operationEnded(write({ id: 2, node: 1, completedAtMs: 40 }));
        meter.lost({ operation: 2, key: 0, version: { epoch: 1, lsn: 1 } });
      }),
    ).toMatchObject({ olderSideWrites: 1, olderSideLost: 1 });
  });

  it('are of the shard that has two leaders', () => {
    expect(
      measured((meter) => {
        meter.leadership(began(0, 1, 0, 0));
        meter.leadership(began(0, 1, 0, 1));
        meter.leadership(began(1, 2, 30, 1));
        meter.operationEnded(write({ id: 1, node: 0, key: 2, completedAtMs: 40 }));
        meter.operationEnded(write({ id: 2, node: 0, key: 3, completedAtMs: 40 }));
      }, TWO_SHARDS),
    ).toMatchObject({ olderSideWrites: 1 });
  });
});
