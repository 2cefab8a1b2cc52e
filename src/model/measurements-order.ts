import { ANOMALY_KINDS, type AnomalyTally, type Witness } from './anomaly';
import { compareBy, type Key } from './canonical-order';
import type { LatencyMeasurement, OperationSeries, Outage, ReplicaLag, TimelineEvent } from './measurements';

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

/** Replicas' lags: by name. */
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
