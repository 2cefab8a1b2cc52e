import { describe, expect, it } from '@jest/globals';
import { Failovers } from '../../../src/experiments/run/failovers';
import type { FailoverSummary } from '../../../src/model/failover-measurements';
import type { Failover, FaultEvent } from '../../../src/model/observer';
import { began, fault, outlineOf, partsOf, takeover, TWO_SHARDS, write } from '../../support/leader-events';

/** The epoch 1 of node a begins at −500 ms; faults come, then the failover, then what happens after it. */
function measured(
  faults: readonly FaultEvent[],
  told: Partial<Failover> = {},
  after: (failovers: Failovers) => void = () => undefined,
): FailoverSummary {
  const failovers = new Failovers(outlineOf());
  failovers.leadership(began(0, 1, -500));
  for (const event of faults) failovers.fault(event);
  failovers.failedOver(takeover(told));
  after(failovers);
  return failovers.measured();
}

const acknowledge = (failovers: Failovers): void => {
  failovers.operationEnded(write({ completedAtMs: 15_000 }));
};
const CRASH = fault('CRASH', 10_000, 0);

describe('a failover', () => {
  it('is told by its parts, which add up to the recovery time', () => {
    const { count, first, times } = measured([CRASH], {}, acknowledge);
    expect(count).toBe(1);
    expect(first).toEqual([
      {
        repetition: 4,
        atMs: 14_500,
        shard: 0,
        oldLeader: 'a',
        newLeader: 'b',
        epoch: 2,
        isFalse: false,
        faultAtMs: 10_000,
        detectionMs: 3_000,
        electionMs: 500,
        promotionMs: 1_000,
        redirectionMs: 500,
        recoveryMs: 5_000,
        lostWrites: 0,
        lostRanges: [],
      },
    ]);
    expect(Object.values(times).map(({ maxNs }) => maxNs)).toEqual([3e9, 5e8, 1e9, 5e8, 5e9]);
  });

  it('that no write follows has no end', () => {
    const { first, times } = measured([CRASH]);
    expect(partsOf(first[0])).toEqual([3_000, 500, 1_000, null, null]);
    expect([times.redirection.count, times.recovery.count]).toEqual([0, 0]);
  });

  it.each([
    ['a read', { kind: 'READ' }],
    ['a failed write', { outcome: 'FAILED' }],
    ['a write of another node', { node: 2 }],
    ['a write of another epoch', { version: { epoch: 1, lsn: 9 } }],
  ] as const)('is not over with %s', (_, told) => {
    const { first } = measured([CRASH], {}, (failovers) => {
      failovers.operationEnded(write({ completedAtMs: 14_600, ...told }));
      acknowledge(failovers);
    });
    expect(first[0].redirectionMs).toBe(500);
  });

  it('is over with the first write of its own shard', () => {
    const failovers = new Failovers(outlineOf(TWO_SHARDS));
    for (const shard of [0, 1]) failovers.failedOver(takeover({ shard }));
    failovers.operationEnded(write({ completedAtMs: 15_000, key: 3 }));
    failovers.operationEnded(write({ completedAtMs: 16_000, key: 2 }));
    expect(failovers.measured().first.map(({ redirectionMs }) => redirectionMs)).toEqual([1_500, 500]);
  });

  it('whose leader is replaced before it acknowledged anything never ends', () => {
    const { count, first } = measured([CRASH], {}, (failovers) => {
      failovers.failedOver(takeover({ oldLeader: 1, newLeader: 2, oldEpoch: 2, epoch: 3, atMs: 20_000 }));
      acknowledge(failovers);
      failovers.operationEnded(write({ completedAtMs: 21_000, node: 2, version: { epoch: 3, lsn: 1 } }));
    });
    expect(count).toBe(2);
    expect(first.map(({ redirectionMs }) => redirectionMs)).toEqual([null, 1_000]);
  });

  it('is listed among the first hundred, and counted always', () => {
    const failovers = new Failovers(outlineOf());
    for (let epoch = 1; epoch <= 130; epoch += 1)
      failovers.failedOver(takeover({ oldEpoch: epoch, epoch: epoch + 1, atMs: 14_500 + epoch }));
    const { count, first, times } = failovers.measured();
    expect([count, first.length, times.election.count]).toEqual([130, 100, 130]);
    expect(first.at(-1)?.epoch).toBe(101);
  });
});

describe('the fault of a failover', () => {
  it.each([
    ['the crash', [CRASH], {}],
    ['an upgrade', [fault('UPGRADE', 10_000, 0)], {}],
    ['an outage that took it down', [fault('DATACENTER_OUTAGE', 10_000, 2, 0)], {}],
    ['the last crash', [fault('CRASH', 5_000, 0), fault('RESTART', 6_000, 0), CRASH], {}],
    ['its own crash', [CRASH, fault('CRASH', 11_000, 2)], {}],
    ['the crash, and no partition after it', [CRASH, fault('PARTITION', 11_000)], {}],
    ['the crash, and not its fencing', [CRASH, fault('CRASH', 13_600, 0)], {}],
    ['a pause', [fault('PAUSE', 10_000, 0)], { condition: 'PAUSED', reachedNodes: 3 }],
    ['a partition', [fault('PARTITION', 10_000)], { condition: 'RUNNING', reachedNodes: 1 }],
  ] as const)('is %s', (_, faults, told) => {
    expect(measured(faults, told).first[0]).toMatchObject({ faultAtMs: 10_000, detectionMs: 3_000 });
  });

  it.each([
    ['no fault came', [], {}],
    ['another node crashed', [fault('CRASH', 10_000, 2)], {}],
    ['it came before the leader led', [fault('CRASH', -600, 0)], {}],
    ['it came after the detection', [fault('CRASH', 13_200, 0)], {}],
    ['it was slow only', [fault('SLOW_DISK', 10_000, 0)], {}],
  ] as const)('is not there when %s', (_, faults, told) => {
    const { first } = measured(faults, told, acknowledge);
    expect([first[0].isFalse, first[0].faultAtMs]).toEqual([false, null]);
    expect(partsOf(first[0])).toEqual([null, 500, 1_000, 500, null]);
  });

  it('is not there when the leader was alive and reached the majority: it is false', () => {
    const { first } = measured([fault('PARTITION', 10_000)], { condition: 'RUNNING', reachedNodes: 2 });
    expect(first[0]).toMatchObject({ isFalse: true, faultAtMs: null, detectionMs: null });
  });
});

describe('the writes lost with an epoch', () => {
  const lost = (epoch: number, lsn: number, key = 0) => ({ operation: lsn, key, version: { epoch, lsn } });

  it('are listed by LSN, neighbours joined', () => {
    const { first } = measured([CRASH], {}, (failovers) => {
      for (const lsn of [1020, 1001, 1003, 1002, 1019]) failovers.lost(lost(1, lsn));
    });
    expect(first[0]).toMatchObject({
      lostWrites: 5,
      lostRanges: [
        { fromLsn: 1001, toLsn: 1003 },
        { fromLsn: 1019, toLsn: 1020 },
      ],
    });
  });

  it('belong to the failover that ended the epoch', () => {
    const { first } = measured([CRASH], {}, (failovers) => {
      failovers.failedOver(takeover({ oldLeader: 1, newLeader: 2, oldEpoch: 2, epoch: 3, atMs: 20_000 }));
      failovers.lost(lost(1, 7));
      failovers.lost(lost(2, 8));
      failovers.lost(lost(2, 9));
      failovers.lost(lost(3, 9));
    });
    expect(first.map(({ lostWrites }) => lostWrites)).toEqual([1, 2]);
  });

  it('belong to the failover of their shard, where LSNs are counted anew', () => {
    const failovers = new Failovers(outlineOf(TWO_SHARDS));
    for (const shard of [0, 1]) failovers.failedOver(takeover({ shard }));
    failovers.lost(lost(1, 7, 2));
    failovers.lost(lost(1, 7, 3));
    failovers.lost(lost(1, 8, 5));
    const { first } = failovers.measured();
    expect(first.map(({ shard, lostWrites }) => [shard, lostWrites])).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it('are listed as a hundred ranges at most, and counted all', () => {
    const { first } = measured([CRASH], {}, (failovers) => {
      for (let lsn = 1; lsn <= 300; lsn += 2) failovers.lost(lost(1, lsn));
    });
    expect([first[0].lostWrites, first[0].lostRanges.length]).toEqual([150, 100]);
  });
});
