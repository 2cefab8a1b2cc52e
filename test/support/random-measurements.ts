import * as fc from 'fast-check';
import { ANOMALY_KINDS, WITNESSES_KEPT, type AnomalyTally, type Witness } from '../../src/model/anomaly';
import { Histogram, type EncodedHistogram } from '../../src/model/histogram';
import { DelayCounts, type DelayCount } from '../../src/model/delay-counts';
import { FirstFew } from '../../src/model/first-few';
import { DurationColumns, SERIES_INTERVALS, type DurationSeries } from '../../src/model/interval-columns';
import {
  OUTAGES_KEPT,
  TIMELINE_EVENTS_KEPT,
  type Measurements,
  type OperationSeries,
  type Outage,
  type TimelineEvent,
} from '../../src/model/measurements';
import {
  anomalyKey,
  latencyKey,
  longestFirst,
  outagesInOrder,
  replicaKey,
  seriesKey,
  timelineKey,
  witnessKey,
} from '../../src/model/measurements-order';
import { compareBy, type Key } from '../../src/model/canonical-order';
import type { ReplicationMeasurements } from '../../src/model/replication-measurements';
import { OPERATION_KINDS, OUTCOMES } from '../../src/model/operation';
import { OperationColumns } from '../../src/model/operation-columns';
import { randomReplication } from './random-replication';
import { K_STALENESS_CAP, StalenessCounts, type KStaleness } from '../../src/model/staleness-counts';

/** Measurements of single runs, with repetitions 0, 1, 2 …, lists often longer than what a merge keeps. */
export function randomRuns(count: number): fc.Arbitrary<readonly Measurements[]> {
  return fc.tuple(...Array.from({ length: count }, (_, repetition) => randomRun(repetition)));
}

function randomRun(repetition: number): fc.Arbitrary<Measurements> {
  return fc
    .tuple(randomBasics(repetition), randomReplication(repetition))
    .map(([basics, replication]) => ({ ...basics, ...replication }));
}

function randomBasics(repetition: number): fc.Arbitrary<Omit<Measurements, keyof ReplicationMeasurements>> {
  return fc.record({
    runs: fc.constant(1),
    convergedRuns: fc.nat({ max: 1 }),
    truncatedRuns: fc.nat({ max: 1 }),
    latencies: latencies(),
    replicationLag: replicationLag(),
    visibilityLag: fc.record({ histogram: histograms(), unapplied: fc.nat({ max: 5 }) }),
    convergenceTime: histograms(),
    anomalies: anomalies(repetition),
    reconciliations: fc.nat(),
    outages: fc
      .array(outage(repetition), { maxLength: 40, size: 'max' })
      .map((list) => outagesInOrder(firstOf(list, OUTAGES_KEPT, longestFirst))),
    longestOutageMs: fc.nat({ max: 100 }),
    timeline: fc
      .array(timelineEvent(repetition), { maxLength: 40, size: 'max' })
      .map((list) => firstOf(list, TIMELINE_EVENTS_KEPT, timelineKey)),
    cost: fc.record({
      messages: fc.nat(),
      bytes: fc.nat(),
      events: fc.nat(),
      logBytes: fc.option(fc.nat()),
    }),
    tVisibility: tVisibility(),
    kStaleness: kStaleness(),
    series: fc.record({ operations: operationSeries(), replicationLag: durationSeries() }),
    recoveryTime: fc.record({ histogram: histograms(), unrecovered: fc.nat({ max: 3 }) }),
  });
}

function firstOf<Entry>(
  entries: readonly Entry[],
  limit: number,
  keyOf: (entry: Entry) => Key,
): readonly Entry[] {
  const first = new FirstFew(limit, keyOf);
  first.add(entries);
  return first.all();
}

const intervals = fc.nat({ max: SERIES_INTERVALS - 1 });
const durations = fc.oneof(fc.nat({ max: 200 }), fc.maxSafeNat());

/** Reads, some of which missed the write. */
function tVisibility(): fc.Arbitrary<Measurements['tVisibility']> {
  const read = fc.record({ ns: durations, isMissed: fc.boolean() });
  return fc
    .record({ reads: fc.array(read, { maxLength: 6 }), delays: delays() })
    .map(({ reads, delays }) => ({
      reads: histogramOf(reads.map(({ ns }) => ns)),
      missed: histogramOf(reads.filter(({ isMissed }) => isMissed).map(({ ns }) => ns)),
      delays,
    }));
}

function delays(): fc.Arbitrary<readonly DelayCount[]> {
  const delay = {
    afterNs: fc.nat({ max: 9 }),
    reads: fc.integer({ min: 9, max: 99 }),
    missed: fc.nat({ max: 9 }),
  };
  return fc.array(fc.record(delay), { maxLength: 6 }).map((list) => {
    const counts = new DelayCounts();
    for (const entry of list) counts.add(entry);
    return counts.encode();
  });
}

function kStaleness(): fc.Arbitrary<KStaleness> {
  return fc.array(fc.nat({ max: K_STALENESS_CAP }), { maxLength: 6 }).map((list) => {
    const counts = new StalenessCounts();
    for (const k of list) counts.add(k);
    return counts.encode();
  });
}

function durationColumns(): fc.Arbitrary<DurationColumns> {
  return fc.array(fc.record({ interval: intervals, ns: durations }), { maxLength: 6 }).map((list) => {
    const columns = new DurationColumns();
    for (const { interval, ns } of list) columns.add(interval, ns);
    return columns;
  });
}

function durationSeries(): fc.Arbitrary<DurationSeries> {
  return durationColumns().map((columns) => columns.encode());
}

function operationSeries(): fc.Arbitrary<readonly OperationSeries[]> {
  const entry = {
    kind: fc.constantFrom(...OPERATION_KINDS),
    datacenter: fc.constantFrom(null, 'seoul'),
    latency: durationSeries(),
    failed: fc.array(intervals, { maxLength: 3 }),
    answers: fc.array(intervals, { maxLength: 3 }),
  };
  return fc.uniqueArray(fc.record(entry), { selector: (series) => seriesKey(series).join() }).map((list) =>
    list.sort(compareBy(seriesKey)).map(({ kind, datacenter, latency, failed, answers }) => {
      const columns = new OperationColumns();
      columns.latency.addEncoded(latency);
      for (const interval of failed) columns.failed.add(interval);
      for (const interval of answers) columns.answers.add(interval);
      return { kind, datacenter, ...columns.encode() };
    }),
  );
}

function histograms(): fc.Arbitrary<EncodedHistogram> {
  return fc.array(durations, { maxLength: 6 }).map(histogramOf);
}

function histogramOf(values: readonly number[]): EncodedHistogram {
  const histogram = new Histogram();
  for (const value of values) histogram.recordNs(value);
  return histogram.encode();
}

function latencies(): fc.Arbitrary<Measurements['latencies']> {
  const label = {
    kind: fc.constantFrom(...OPERATION_KINDS),
    datacenter: fc.constantFrom(null, 'seoul', 'tokyo'),
    outcome: fc.constantFrom(...OUTCOMES),
  };
  return fc
    .uniqueArray(fc.record({ ...label, histogram: histograms() }), {
      selector: (latency) => latencyKey(latency).join(),
    })
    .map((list) => list.sort(compareBy(latencyKey)));
}

function replicationLag(): fc.Arbitrary<Measurements['replicationLag']> {
  const lag = { replica: fc.constantFrom('a-1', 'a-2', 'b-1'), histogram: histograms(), unapplied: fc.nat() };
  return fc
    .uniqueArray(fc.record(lag), { selector: ({ replica }) => replica })
    .map((list) => list.sort(compareBy(replicaKey)));
}

function anomalies(repetition: number): fc.Arbitrary<readonly AnomalyTally[]> {
  const tally = {
    kind: fc.constantFrom(...ANOMALY_KINDS),
    count: fc.nat(),
    affected: fc.nat(),
    relevant: fc.nat(),
    unjudged: fc.nat(),
    witnesses: witnesses(repetition),
  };
  return fc
    .uniqueArray(fc.record(tally), { selector: ({ kind }) => kind })
    .map((list) => list.sort(compareBy(anomalyKey)));
}

function witnesses(repetition: number): fc.Arbitrary<readonly Witness[]> {
  const shown = fc.record({ id: fc.nat({ max: 999 }), atMs: fc.nat({ max: 20 }) });
  return fc
    .uniqueArray(shown, { selector: ({ id }) => id, maxLength: 2 * WITNESSES_KEPT, size: 'max' })
    .map((list) =>
      firstOf(
        list.map(({ id, atMs }) => witness(repetition, id, atMs)),
        WITNESSES_KEPT,
        witnessKey,
      ),
    );
}

function witness(repetition: number, id: number, atMs: number): Witness {
  const read = { kind: 'READ', session: 1, client: 0, key: 2, outcome: 'OK', node: 0 } as const;
  const times = { arrivedAtMs: atMs - 2, invokedAtMs: atMs - 1, completedAtMs: atMs };
  const operations = [{ id, ...read, ...times, version: { epoch: 1, lsn: 3 } }];
  return { repetition, atMs, explanation: `operation ${id}`, operations };
}

function outage(repetition: number): fc.Arbitrary<Outage> {
  return fc
    .record({
      datacenter: fc.constantFrom(null, 'seoul'),
      fromMs: fc.nat({ max: 50 }),
      lengthMs: fc.nat({ max: 9 }),
    })
    .map(({ datacenter, fromMs, lengthMs }) => ({ repetition, datacenter, fromMs, toMs: fromMs + lengthMs }));
}

function timelineEvent(repetition: number): fc.Arbitrary<TimelineEvent> {
  return fc.record({
    repetition: fc.constant(repetition),
    atMs: fc.nat({ max: 30 }),
    kind: fc.constantFrom('CRASH', 'RESTART', 'CAUGHT_UP'),
    node: fc.constantFrom(null, 'a-1'),
    message: fc.string(),
  });
}
