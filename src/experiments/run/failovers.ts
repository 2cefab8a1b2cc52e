import { compareBy } from '../../model/canonical-order';
import {
  FAILOVER_PARTS,
  FAILOVERS_KEPT,
  LOST_RANGES_KEPT,
  type FailoverMeasurement,
  type FailoverSummary,
  type LsnRange,
} from '../../model/failover-measurements';
import { failoverKey } from '../../model/measurements-order';
import { NamedHistograms } from '../../model/named-histograms';
import type {
  Failover,
  FaultEvent,
  LeadershipEvent,
  ObservedOperation,
  RunOutline,
  WriteId,
} from '../../model/observer';
import { isLogVersion } from '../../model/version';
import { HarmfulFaults } from './harmful-faults';

type Times = Omit<FailoverMeasurement, 'lostWrites' | 'lostRanges'>;

interface FailoverInProgress {
  readonly told: Failover;
  /** Without redirection and recovery until the new leader has acknowledged a write. */
  times: Times;
  readonly lostLsns: number[];
}

/**
 * Failovers in their parts: fault, detection, choice, lead, first acknowledged write of the shard by the new leader; and the
 * acknowledged writes that were lost with the old leader's epoch.
 *
 * Memory: the first hundred failovers with their lost writes, and the last of each shard.
 */
export class Failovers {
  private readonly faults = new HarmfulFaults();
  /** By shard and node: since when, and in which epoch, it led last. */
  private readonly led = new Map<string, { readonly epoch: number; readonly sinceMs: number }>();
  private readonly kept: FailoverInProgress[] = [];
  /** Those whose new leader has not acknowledged anything. */
  private awaited: readonly FailoverInProgress[] = [];
  private readonly times = new NamedHistograms(FAILOVER_PARTS);
  private count = 0;

  constructor(private readonly outline: RunOutline) {}

  fault(event: FaultEvent): void {
    this.faults.fault(event);
  }

  leadership({ kind, node, shard, epoch, atMs }: LeadershipEvent): void {
    if (kind === 'BEGAN') this.led.set(`${shard} ${node}`, { epoch, sinceMs: atMs });
  }

  failedOver(failover: Failover): void {
    const told = { ...failover };
    const entry = { told, times: this.timesOf(told), lostLsns: [] };
    this.count += 1;
    const { detectionMs, electionMs, promotionMs } = entry.times;
    this.times.record({ detection: detectionMs, election: electionMs, promotion: promotionMs });
    if (this.kept.length < FAILOVERS_KEPT) this.kept.push(entry);
    this.awaited = [...this.awaited.filter((other) => other.told.shard !== told.shard), entry];
  }

  operationEnded(operation: ObservedOperation): void {
    if (this.awaited.length === 0 || operation.kind !== 'WRITE' || operation.outcome !== 'OK') return;
    for (const entry of this.awaited)
      if (this.isOfNewLeader(operation, entry.told)) this.recovered(entry, operation.completedAtMs);
  }

  /** An acknowledged write was lost: with the first failover of its shard that ended its epoch, or a newer one. */
  lost({ key, version }: WriteId): void {
    if (!isLogVersion(version)) return;
    const shard = this.shardOf(key);
    const entry = this.kept.find(({ told }) => told.shard === shard && told.oldEpoch >= version.epoch);
    entry?.lostLsns.push(version.lsn);
  }

  /** Once the run has settled, and all losses are told. */
  measured(): FailoverSummary {
    const first = this.kept
      .map(({ times, lostLsns }) => ({
        ...times,
        lostWrites: lostLsns.length,
        lostRanges: rangesOf(lostLsns).slice(0, LOST_RANGES_KEPT),
      }))
      .sort(compareBy(failoverKey));
    return { count: this.count, first, times: this.times.encode() };
  }

  private timesOf(told: Failover): Times {
    const { detectedAtMs, electedAtMs, atMs, shard, epoch } = told;
    const { nodes, repetition } = this.outline;
    const faultAtMs = this.faultBefore(told);
    return {
      repetition,
      atMs,
      shard,
      oldLeader: nodes[told.oldLeader],
      newLeader: nodes[told.newLeader],
      epoch,
      isFalse: this.isFalse(told),
      faultAtMs,
      detectionMs: faultAtMs === null ? null : detectedAtMs - faultAtMs,
      electionMs: electedAtMs - detectedAtMs,
      promotionMs: atMs - electedAtMs,
      redirectionMs: null,
      recoveryMs: null,
    };
  }

  private faultBefore(told: Failover): number | null {
    if (this.isFalse(told)) return null;
    const { oldLeader, oldEpoch, shard, condition, detectedAtMs } = told;
    const led = this.led.get(`${shard} ${oldLeader}`);
    const fromMs = led?.epoch === oldEpoch ? led.sinceMs : -Infinity;
    return this.faults.lastAtMs({ leader: oldLeader, condition, fromMs, beforeMs: detectedAtMs });
  }

  private isFalse({ condition, reachedNodes }: Failover): boolean {
    return condition === 'RUNNING' && 2 * reachedNodes > this.outline.nodes.length;
  }

  private isOfNewLeader({ node, key, version }: ObservedOperation, told: Failover): boolean {
    if (node !== told.newLeader || this.shardOf(key) !== told.shard) return false;
    return version !== null && isLogVersion(version) && version.epoch === told.epoch;
  }

  private recovered(entry: FailoverInProgress, atMs: number): void {
    const { faultAtMs } = entry.times;
    const redirectionMs = atMs - entry.told.atMs;
    const recoveryMs = faultAtMs === null ? null : atMs - faultAtMs;
    entry.times = { ...entry.times, redirectionMs, recoveryMs };
    this.times.record({ redirection: redirectionMs, recovery: recoveryMs });
    this.awaited = this.awaited.filter((other) => other !== entry);
  }

  private shardOf(key: number): number {
    return this.outline.shardOf?.(key) ?? 0;
  }
}

/** LSNs in any order, neighbours joined. */
function rangesOf(lsns: readonly number[]): readonly LsnRange[] {
  const ranges: { fromLsn: number; toLsn: number }[] = [];
  for (const lsn of [...lsns].sort((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last !== undefined && lsn <= last.toLsn + 1) last.toLsn = lsn;
    else ranges.push({ fromLsn: lsn, toLsn: lsn });
  }
  return ranges;
}
