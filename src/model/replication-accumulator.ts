import {
  FAILOVER_PARTS,
  FAILOVERS_KEPT,
  type DualLeaders,
  type FailoverSummary,
  type RecoveryPoint,
} from './failover-measurements';
import { FirstFew } from './first-few';
import { Histogram } from './histogram';
import { CountColumn } from './interval-columns';
import { KeyedParts } from './keyed-parts';
import {
  failoverKey,
  followerRecoveryKey,
  nodeKey,
  noticeKey,
  replicaKey,
  servedKey,
} from './measurements-order';
import { NamedHistograms } from './named-histograms';
import { LogBytesColumn, PositionColumns, type Positions } from './position-columns';
import {
  FOLLOWER_RECOVERIES_KEPT,
  RECOVERY_STEPS,
  type FollowerRecoveries,
  type Notices,
  type ReplicationMeasurements,
  type ServedCount,
} from './replication-measurements';

/** Merges what is measured of leaders and followers, in place and in any order. */
export class ReplicationAccumulator {
  private readonly failovers = new FailoversInProgress();
  private readonly point = new RecoveryPointInProgress();
  private readonly dual = new DualLeadersInProgress();
  private readonly notices = new NoticesInProgress();
  private readonly positions = new PositionsInProgress();
  private readonly recoveries = new RecoveriesInProgress();
  private readonly served = new KeyedParts(servedKey, () => new Sum());

  /** Results of earlier engines have none of it. */
  add(one: Partial<ReplicationMeasurements>): void {
    if (one.failovers !== undefined) this.failovers.add(one.failovers);
    if (one.recoveryPoint !== undefined) this.point.add(one.recoveryPoint);
    if (one.dualLeaders !== undefined) this.dual.add(one.dualLeaders);
    if (one.notices !== undefined) this.notices.add(one.notices);
    if (one.positions !== undefined) this.positions.add(one.positions);
    if (one.followerRecoveries !== undefined) this.recoveries.add(one.followerRecoveries);
    for (const served of one.servedOperations ?? []) this.served.of(served).value += served.count;
  }

  measurements(): ReplicationMeasurements {
    return {
      failovers: this.failovers.encode(),
      recoveryPoint: this.point.encode(),
      dualLeaders: this.dual.encode(),
      notices: this.notices.encode(),
      positions: this.positions.encode(),
      followerRecoveries: this.recoveries.encode(),
      servedOperations: this.served.inOrder(({ node, kind }, { value }): ServedCount => ({
        node,
        kind,
        count: value,
      })),
    };
  }
}

class Sum {
  value = 0;
}

class FailoversInProgress {
  private count = 0;
  private readonly first = new FirstFew(FAILOVERS_KEPT, failoverKey);
  private readonly times = new NamedHistograms(FAILOVER_PARTS);

  add({ count, first, times }: FailoverSummary): void {
    this.count += count;
    this.first.add(first);
    this.times.addEncoded(times);
  }

  encode(): FailoverSummary {
    return { count: this.count, first: this.first.all(), times: this.times.encode() };
  }
}

class RecoveryPointInProgress {
  private lostWrites = 0;
  private runsWithLoss = 0;
  private lostWritesMax = 0;

  add({ lostWrites, runsWithLoss, lostWritesMax }: RecoveryPoint): void {
    this.lostWrites += lostWrites;
    this.runsWithLoss += runsWithLoss;
    this.lostWritesMax = Math.max(this.lostWritesMax, lostWritesMax);
  }

  encode(): RecoveryPoint {
    const { lostWrites, runsWithLoss, lostWritesMax } = this;
    return { lostWrites, runsWithLoss, lostWritesMax };
  }
}

class DualLeadersInProgress {
  private readonly durations = new Histogram();
  private olderSideWrites = 0;
  private olderSideLost = 0;

  add({ durations, olderSideWrites, olderSideLost }: DualLeaders): void {
    this.durations.addEncoded(durations);
    this.olderSideWrites += olderSideWrites;
    this.olderSideLost += olderSideLost;
  }

  encode(): DualLeaders {
    const { olderSideWrites, olderSideLost } = this;
    return { durations: this.durations.encode(), olderSideWrites, olderSideLost };
  }
}

class NoticesInProgress {
  private readonly counts = new KeyedParts(noticeKey, () => new Sum());
  private copiedBytes = 0;
  private discardedEntries = 0;

  add({ counts, copiedBytes, discardedEntries }: Notices): void {
    for (const notice of counts) this.counts.of(notice).value += notice.count;
    this.copiedBytes += copiedBytes;
    this.discardedEntries += discardedEntries;
  }

  encode(): Notices {
    const { copiedBytes, discardedEntries } = this;
    const counts = this.counts.inOrder(({ kind }, { value }) => ({ kind, count: value }));
    return { counts, copiedBytes, discardedEntries };
  }
}

class PositionsInProgress {
  private readonly samples = new CountColumn();
  private readonly replicas = new KeyedParts(replicaKey, () => new PositionColumns());
  private readonly logBytes = new KeyedParts(nodeKey, () => new LogBytesColumn());

  add({ samples, replicas, logBytes }: Positions): void {
    this.samples.addEncoded(samples);
    for (const series of replicas) this.replicas.of(series).addEncoded(series);
    for (const series of logBytes) this.logBytes.of(series).addEncoded(series);
  }

  encode(): Positions {
    return {
      samples: this.samples.encode(),
      replicas: this.replicas.inOrder(({ replica }, columns) => ({ replica, ...columns.encode() })),
      logBytes: this.logBytes.inOrder(({ node }, column) => ({ node, ...column.encode() })),
    };
  }
}

class RecoveriesInProgress {
  private count = 0;
  private readonly first = new FirstFew(FOLLOWER_RECOVERIES_KEPT, followerRecoveryKey);
  private readonly steps = new NamedHistograms(RECOVERY_STEPS);

  add({ count, first, steps }: FollowerRecoveries): void {
    this.count += count;
    this.first.add(first);
    this.steps.addEncoded(steps);
  }

  encode(): FollowerRecoveries {
    return { count: this.count, first: this.first.all(), steps: this.steps.encode() };
  }
}
