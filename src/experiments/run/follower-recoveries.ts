import { compareBy } from '../../model/canonical-order';
import { DOWN_FAULTS } from '../../model/fault-effects';
import { followerRecoveryKey } from '../../model/measurements-order';
import { NamedHistograms } from '../../model/named-histograms';
import type { FaultEvent, FollowerRecovery, RunOutline } from '../../model/observer';
import {
  FOLLOWER_RECOVERIES_KEPT,
  RECOVERY_STEPS,
  type FollowerRecoveries,
  type FollowerRecoveryMeasurement,
} from '../../model/replication-measurements';

/** How long the five steps took in which followers that had been down came back. */
export class FollowerRecoveriesMeter {
  /** By node: when it went down last. */
  private readonly downAtMs = new Map<number, number>();
  private readonly kept: FollowerRecoveryMeasurement[] = [];
  private readonly steps = new NamedHistograms(RECOVERY_STEPS);
  private count = 0;

  constructor(private readonly outline: RunOutline) {}

  fault({ kind, nodes, atMs }: FaultEvent): void {
    if (!DOWN_FAULTS.includes(kind)) return;
    for (const node of nodes) this.downAtMs.set(node, atMs);
  }

  recovered(told: FollowerRecovery): void {
    const recovery = this.measurementOf(told);
    this.count += 1;
    this.steps.record({
      restart: recovery.restartMs,
      position: recovery.positionMs,
      request: recovery.requestMs,
      catchUp: recovery.catchUpMs,
      live: recovery.liveMs,
    });
    if (this.kept.length < FOLLOWER_RECOVERIES_KEPT) this.kept.push(recovery);
  }

  measured(): FollowerRecoveries {
    const first = [...this.kept].sort(compareBy(followerRecoveryKey));
    return { count: this.count, first, steps: this.steps.encode() };
  }

  private measurementOf(told: FollowerRecovery): FollowerRecoveryMeasurement {
    const { replica, shard, restartedAtMs, positionKnownAtMs, answeredAtMs, caughtUpAtMs, liveAtMs } = told;
    const downAtMs = this.downBefore(replica, restartedAtMs);
    return {
      repetition: this.outline.repetition,
      replica: this.outline.nodes[replica],
      shard,
      atMs: liveAtMs,
      downAtMs,
      restartMs: downAtMs === null ? null : restartedAtMs - downAtMs,
      positionMs: positionKnownAtMs - restartedAtMs,
      requestMs: answeredAtMs - positionKnownAtMs,
      catchUpMs: caughtUpAtMs - answeredAtMs,
      liveMs: liveAtMs - caughtUpAtMs,
      entries: told.entries,
      copiedBytes: told.copiedBytes,
    };
  }

  private downBefore(node: number, atMs: number): number | null {
    const downAtMs = this.downAtMs.get(node);
    return downAtMs === undefined || downAtMs > atMs ? null : downAtMs;
  }
}
