import { describe, expect, it } from '@jest/globals';
import { ReplicationMeter } from '../../../src/experiments/run/replication-meter';
import type { ReplicaPosition, RunOutline } from '../../../src/model/observer';
import type { ReplicationMeasurements } from '../../../src/model/replication-measurements';
import { fault, notice, outlineOf, write } from '../../support/leader-events';

function measured(
  tell: (meter: ReplicationMeter) => void,
  options: Partial<RunOutline> = {},
): ReplicationMeasurements {
  const meter = new ReplicationMeter(outlineOf(options));
  tell(meter);
  meter.settled(200_000);
  return meter.measured();
}

describe('notices', () => {
  it('are counted by kind, in the order of the kinds', () => {
    const { notices } = measured((meter) => {
      for (const kind of ['SEMI_SYNC_ON', 'SEMI_SYNC_OFF', 'DECLARED_DEAD', 'SEMI_SYNC_OFF'] as const)
        meter.noticed(notice(kind));
    });
    expect(notices.counts).toEqual([
      { kind: 'DECLARED_DEAD', count: 1 },
      { kind: 'SEMI_SYNC_OFF', count: 2 },
      { kind: 'SEMI_SYNC_ON', count: 1 },
    ]);
  });

  it('of copies count the bytes of those that ended', () => {
    const { notices } = measured((meter) => {
      meter.noticed(notice('FULL_COPY_BEGAN', { node: 1, figures: [1_000] }));
      meter.noticed(notice('FULL_COPY_BEGAN', { node: 2, figures: [50] }));
      meter.noticed(notice('FULL_COPY_ENDED', { node: 1 }));
      meter.noticed(notice('REWIND_BEGAN', { node: 1, figures: [7] }));
      meter.noticed(notice('REWIND_ENDED', { node: 1 }));
      meter.noticed(notice('REWIND_ENDED', { node: 1 }));
    });
    expect(notices.copiedBytes).toBe(1_007);
  });

  it('of discarded tails count their entries', () => {
    const { notices } = measured((meter) => {
      meter.noticed(notice('TAIL_DISCARDED', { figures: [1001, 1020] }));
      meter.noticed(notice('TAIL_DISCARDED', { figures: [5, 5] }));
    });
    expect(notices.discardedEntries).toBe(21);
  });
});

describe('the recovery point', () => {
  it('counts every lost write, of a run with or without a failover', () => {
    const version = { epoch: 1, lsn: 4 };
    expect(
      measured((meter) => {
        for (const operation of [1, 2, -4]) meter.lost({ operation, key: 0, version });
      }).recoveryPoint,
    ).toEqual({ lostWrites: 3, runsWithLoss: 1, lostWritesMax: 3 });
    expect(measured(() => undefined).recoveryPoint).toEqual({
      lostWrites: 0,
      runsWithLoss: 0,
      lostWritesMax: 0,
    });
  });
});

describe('positions', () => {
  const position = (told: Partial<ReplicaPosition>): ReplicaPosition => ({
    node: 1,
    upstream: 0,
    sentLsn: 10,
    writeLsn: 9,
    flushLsn: 8,
    replayLsn: 7,
    leaderLsn: 12,
    lagBytes: 500,
    lagMs: 3,
    ...told,
  });

  it('are summed by replica and interval, with the highest lag of each', () => {
    const { positions } = measured((meter) => {
      meter.positions({ atMs: 1_500, replicas: [position({})], logBytes: [100, 50, 0] });
      const later = [
        position({ node: 2, replayLsn: 12 }),
        position({ lagBytes: 700, lagMs: 1, replayLsn: 2 }),
      ];
      meter.positions({ atMs: 1_700, replicas: later, logBytes: [300, 60, 0] });
    });
    const [b, c] = positions.replicas;
    expect([b.replica, c.replica]).toEqual(['b', 'c']);
    expect([b.sentLsn, b.writeLsn, b.flushLsn, b.replayLsn, b.leaderLsn]).toEqual(
      [20, 18, 16, 9, 24].map((sum) => [0, sum]),
    );
    expect(b.lag).toEqual({ count: [0, 2], sumNsHigh: [], sumNsLow: [0, 4e6], maxNs: [0, 3e6] });
    expect([b.lagBytes, b.lagWrites]).toEqual([
      { sum: [0, 1_200], max: [0, 700] },
      { sum: [0, 15], max: [0, 10] },
    ]);
    expect(c.lagWrites).toEqual({ sum: [], max: [] });
    expect(positions.samples).toEqual([0, 2]);
    expect(positions.logBytes).toEqual([
      { node: 'a', sumBytes: [0, 400], maxBytes: 300 },
      { node: 'b', sumBytes: [0, 110], maxBytes: 60 },
      { node: 'c', sumBytes: [], maxBytes: 0 },
    ]);
  });

  it('of the warm-up and of settling do not count; those of one that is ahead of its leader are no lag', () => {
    const { positions } = measured((meter) => {
      for (const atMs of [-1, 100_001]) meter.positions({ atMs, replicas: [position({})], logBytes: [1] });
      meter.positions({ atMs: 0, replicas: [position({ replayLsn: 20 })], logBytes: [1] });
    });
    expect(positions.samples).toEqual([1]);
    expect(positions.replicas[0].lagWrites).toEqual({ sum: [], max: [] });
  });

  it('are kept of the first hundred nodes', () => {
    const nodes = Array.from({ length: 150 }, (_, node) => `n${node}`);
    const { positions } = measured(
      (meter) =>
        meter.positions({
          atMs: 0,
          replicas: nodes.map((_, node) => position({ node })),
          logBytes: nodes.map(() => 1),
        }),
      { nodes },
    );
    expect([positions.replicas.length, positions.logBytes.length]).toEqual([100, 100]);
  });
});

describe('the recovery of a follower', () => {
  const RECOVERY = {
    replica: 2,
    shard: 0,
    restartedAtMs: 150,
    positionKnownAtMs: 160,
    answeredAtMs: 180,
    caughtUpAtMs: 220,
    liveAtMs: 300,
    entries: 12,
    copiedBytes: 0,
  };

  it('is told by its five steps', () => {
    const { followerRecoveries } = measured((meter) => {
      meter.fault(fault('CRASH', 20, 2));
      meter.fault(fault('DATACENTER_OUTAGE', 100, 1, 2));
      meter.fault(fault('CRASH', 120, 0));
      meter.recovered(RECOVERY);
    });
    expect(followerRecoveries.first).toEqual([
      {
        repetition: 4,
        replica: 'c',
        shard: 0,
        atMs: 300,
        downAtMs: 100,
        restartMs: 50,
        positionMs: 10,
        requestMs: 20,
        catchUpMs: 40,
        liveMs: 80,
        entries: 12,
        copiedBytes: 0,
      },
    ]);
    expect(Object.values(followerRecoveries.steps).map(({ maxNs }) => maxNs)).toEqual(
      [50, 10, 20, 40, 80].map((ms) => ms * 1e6),
    );
  });

  it('has no first step when nothing is known that took it down', () => {
    const { followerRecoveries } = measured((meter) => {
      meter.fault(fault('PAUSE', 100, 2));
      meter.fault(fault('CRASH', 155, 2));
      meter.recovered(RECOVERY);
    });
    expect(followerRecoveries.first[0]).toMatchObject({ downAtMs: null, restartMs: null, positionMs: 10 });
    expect(followerRecoveries.steps.restart.count).toBe(0);
  });

  it('is listed among the first hundred, and counted always', () => {
    const { followerRecoveries } = measured((meter) => {
      for (let time = 0; time < 120; time += 1) meter.recovered({ ...RECOVERY, liveAtMs: 300 + time });
    });
    const { count, first, steps } = followerRecoveries;
    expect([count, first.length, steps.live.count]).toEqual([120, 100, 120]);
  });
});

describe('served operations', () => {
  it('are those of the measured duration that were answered OK, by node and kind', () => {
    const { servedOperations } = measured((meter) => {
      meter.operationEnded(write({ completedAtMs: 1, node: 1 }));
      meter.operationEnded(write({ completedAtMs: 1, node: 2, kind: 'READ' }));
      meter.operationEnded(write({ completedAtMs: 2, node: 2, kind: 'READ' }));
      meter.operationEnded(write({ completedAtMs: 2, node: 1, kind: 'READ' }));
      meter.operationEnded(write({ completedAtMs: 2, outcome: 'FAILED' }));
      meter.operationEnded(write({ completedAtMs: 2, outcome: 'UNKNOWN', node: null }));
      meter.operationEnded(write({ completedAtMs: 2, arrivedAtMs: -1 }));
      meter.operationEnded(write({ completedAtMs: 100_001 }));
    });
    expect(servedOperations).toEqual([
      { node: 'b', kind: 'READ', count: 1 },
      { node: 'b', kind: 'WRITE', count: 1 },
      { node: 'c', kind: 'READ', count: 2 },
    ]);
  });
});
