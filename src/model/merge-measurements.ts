import { ANOMALY_KINDS, WITNESSES_KEPT, type AnomalyTally, type Witness } from './anomaly';
import { compareBy, compareLists, type Key } from './canonical-order';
import { EMPTY_HISTOGRAM } from './histogram';
import {
  OUTAGES_KEPT,
  TIMELINE_EVENTS_KEPT,
  type LatencyMeasurement,
  type Measurements,
  type Outage,
  type ReplicaLag,
  type TimelineEvent,
} from './measurements';
import { mergeHistograms } from './merge-histograms';

/** What no run measured: merging it changes nothing. */
export const EMPTY_MEASUREMENTS: Measurements = {
  runs: 0,
  convergedRuns: 0,
  truncatedRuns: 0,
  latencies: [],
  replicationLag: [],
  visibilityLag: { histogram: EMPTY_HISTOGRAM, unapplied: 0 },
  convergenceTime: EMPTY_HISTOGRAM,
  anomalies: [],
  outages: [],
  longestOutageMs: 0,
  timeline: [],
  cost: { messages: 0, bytes: 0, events: 0 },
};

/**
 * What the runs of both measured together.
 *
 * Associative and commutative: a set of runs gives the same canonical bytes however it was split and merged.
 * The two must hold different runs of one configuration; a run merged twice is counted twice.
 */
export function mergeMeasurements(one: Measurements, other: Measurements): Measurements {
  return {
    runs: one.runs + other.runs,
    convergedRuns: one.convergedRuns + other.convergedRuns,
    truncatedRuns: one.truncatedRuns + other.truncatedRuns,
    latencies: mergeByKey(one.latencies, other.latencies, latencyKey, mergeLatencies),
    replicationLag: mergeByKey(one.replicationLag, other.replicationLag, replicaKey, mergeReplicaLags),
    visibilityLag: {
      histogram: mergeHistograms(one.visibilityLag.histogram, other.visibilityLag.histogram),
      unapplied: one.visibilityLag.unapplied + other.visibilityLag.unapplied,
    },
    convergenceTime: mergeHistograms(one.convergenceTime, other.convergenceTime),
    anomalies: mergeByKey(one.anomalies, other.anomalies, anomalyKey, mergeTallies),
    outages: keepOutages([...one.outages, ...other.outages]),
    longestOutageMs: Math.max(one.longestOutageMs, other.longestOutageMs),
    timeline: keepTimeline([...one.timeline, ...other.timeline]),
    cost: mergeCosts(one.cost, other.cost),
  };
}

/** The order of latencies: by kind, datacenter, outcome. */
export function latencyKey({ kind, datacenter, outcome }: Omit<LatencyMeasurement, 'histogram'>): Key {
  return [kind, datacenter, outcome];
}

/** The order of replicas' lags: by name. */
export function replicaKey({ replica }: Pick<ReplicaLag, 'replica'>): Key {
  return [replica];
}

/** The order of anomalies: as `ANOMALY_KINDS` lists them. */
export function anomalyKey({ kind }: Pick<AnomalyTally, 'kind'>): Key {
  return [ANOMALY_KINDS.indexOf(kind)];
}

/** The first ten, by repetition, time and the operation where the anomaly showed. */
export function keepWitnesses(witnesses: readonly Witness[]): readonly Witness[] {
  return [...witnesses].sort(compareBy(witnessKey)).slice(0, WITNESSES_KEPT);
}

/** The hundred longest, listed by repetition, datacenter and time. */
export function keepOutages(outages: readonly Outage[]): readonly Outage[] {
  const longest = [...outages].sort(compareBy(longestFirst)).slice(0, OUTAGES_KEPT);
  return longest.sort(compareBy(outageKey));
}

/** The first hundred by repetition and time; what happened at one moment of a run stays in its order. */
export function keepTimeline(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  return [...events].sort(compareBy(timelineKey)).slice(0, TIMELINE_EVENTS_KEPT);
}

function mergeLatencies(one: LatencyMeasurement, other: LatencyMeasurement): LatencyMeasurement {
  return { ...one, histogram: mergeHistograms(one.histogram, other.histogram) };
}

function mergeReplicaLags(one: ReplicaLag, other: ReplicaLag): ReplicaLag {
  return {
    replica: one.replica,
    histogram: mergeHistograms(one.histogram, other.histogram),
    unapplied: one.unapplied + other.unapplied,
  };
}

function mergeTallies(one: AnomalyTally, other: AnomalyTally): AnomalyTally {
  return {
    kind: one.kind,
    count: one.count + other.count,
    relevant: one.relevant + other.relevant,
    witnesses: keepWitnesses([...one.witnesses, ...other.witnesses]),
  };
}

function mergeCosts(one: Measurements['cost'], other: Measurements['cost']): Measurements['cost'] {
  return {
    messages: one.messages + other.messages,
    bytes: one.bytes + other.bytes,
    events: one.events + other.events,
  };
}

/** Two lists sorted by a key that is unique in each; entries of equal key are merged. */
function mergeByKey<Entry>(
  one: readonly Entry[],
  other: readonly Entry[],
  keyOf: (entry: Entry) => Key,
  merge: (one: Entry, other: Entry) => Entry,
): readonly Entry[] {
  const merged: Entry[] = [];
  for (const entry of [...one, ...other].sort(compareBy(keyOf))) {
    const last = merged.at(-1);
    if (last === undefined || compareLists(keyOf(last), keyOf(entry)) !== 0) merged.push(entry);
    else merged[merged.length - 1] = merge(last, entry);
  }
  return merged;
}

function witnessKey({ repetition, atMs, operations }: Witness): Key {
  return [repetition, atMs, operations.at(-1)?.id ?? null];
}

function longestFirst(outage: Outage): Key {
  return [outage.fromMs - outage.toMs, ...outageKey(outage)];
}

function outageKey({ repetition, datacenter, fromMs, toMs }: Outage): Key {
  return [repetition, datacenter, fromMs, toMs];
}

function timelineKey({ repetition, atMs }: TimelineEvent): Key {
  return [repetition, atMs];
}
