import { ANOMALY_KINDS, type AnomalyTally, type Witness } from './anomaly';
import { compareBy, type Key } from './canonical-order';
import type { FailoverMeasurement } from './failover-measurements';
import type { LatencyMeasurement, OperationSeries, Outage, ReplicaLag, TimelineEvent } from './measurements';
import { NOTICE_KINDS } from './observer';
import type { LogBytesSeries } from './position-columns';
import type { FollowerRecoveryMeasurement, NoticeCount, ServedCount } from './replication-measurements';

/** The orders in which measurements list their parts: what makes them canonical. */

/** Latencies: by kind, datacenter, outcome. */
export function latencyKey({
  kind,
  datacenter,
  outcome,
}: Pick<LatencyMeasurement, 'kind' | 'datacenter' | 'outcome'>): Key {
  return [kind, datacenter, outcome];
}

/** Series of operations: by kind, datacenter. */
export function seriesKey({ kind, datacenter }: Pick<OperationSeries, 'kind' | 'datacenter'>): Key {
  return [kind, datacenter];
}

/** Replicas' lags and positions: by name. */
export function replicaKey({ replica }: Pick<ReplicaLag, 'replica'>): Key {
  return [replica];
}

/** Anomalies: as `ANOMALY_KINDS` lists them. */
export function anomalyKey({ kind }: Pick<AnomalyTally, 'kind'>): Key {
  return [ANOMALY_KINDS.indexOf(kind)];
}

/** Witnesses: by repetition, time and the operation where the anomaly showed. */
export function witnessKey({ repetition, atMs, operations }: Witness): Key {
  return [repetition, atMs, operations.at(-1)?.id ?? null];
}

/** Timeline: by repetition and time; what happened at one moment of a run stays in its order. */
export function timelineKey({ repetition, atMs }: TimelineEvent): Key {
  return [repetition, atMs];
}

/** Failovers: by repetition and time; those of one moment by shard and epoch. */
export function failoverKey({ repetition, atMs, shard, epoch }: FailoverMeasurement): Key {
  return [repetition, atMs, shard, epoch];
}

/** Recoveries of followers: by repetition and the time of their end; those of one moment by replica and shard. */
export function followerRecoveryKey({ repetition, atMs, replica, shard }: FollowerRecoveryMeasurement): Key {
  return [repetition, atMs, replica, shard];
}

/** Notices: as `NOTICE_KINDS` lists them. */
export function noticeKey({ kind }: Pick<NoticeCount, 'kind'>): Key {
  return [NOTICE_KINDS.indexOf(kind)];
}

/** Served operations: by node, kind. */
export function servedKey({ node, kind }: Pick<ServedCount, 'node' | 'kind'>): Key {
  return [node, kind];
}

/** What nodes retain: by name. */
export function nodeKey({ node }: Pick<LogBytesSeries, 'node'>): Key {
  return [node];
}

/** Which outages are kept: the longest. */
export function longestFirst(outage: Outage): Key {
  return [outage.fromMs - outage.toMs, ...outageKey(outage)];
}

/** How kept outages are listed: by repetition, datacenter and time. */
export function outagesInOrder(outages: readonly Outage[]): readonly Outage[] {
  return [...outages].sort(compareBy(outageKey));
}

function outageKey({ repetition, datacenter, fromMs, toMs }: Outage): Key {
  return [repetition, datacenter, fromMs, toMs];
}
