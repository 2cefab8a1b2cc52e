import * as fc from 'fast-check';
import { ANOMALY_KINDS, WITNESSES_KEPT, type AnomalyTally, type Witness } from '../../src/model/anomaly';
import { Histogram, type EncodedHistogram } from '../../src/model/histogram';
import type { Measurements, Outage, TimelineEvent } from '../../src/model/measurements';
import {
  anomalyKey,
  keepOutages,
  keepTimeline,
  keepWitnesses,
  latencyKey,
  replicaKey,
} from '../../src/model/merge-measurements';
import { compareBy } from '../../src/model/canonical-order';
import { OPERATION_KINDS, OUTCOMES } from '../../src/model/operation';

/** Measurements of single runs, with repetitions 0, 1, 2 …, lists often longer than what a merge keeps. */
export function randomRuns(count: number): fc.Arbitrary<readonly Measurements[]> {
  return fc.tuple(...Array.from({ length: count }, (_, repetition) => randomRun(repetition)));
}

function randomRun(repetition: number): fc.Arbitrary<Measurements> {
  return fc.record({
    runs: fc.constant(1),
    convergedRuns: fc.nat({ max: 1 }),
    truncatedRuns: fc.nat({ max: 1 }),
    latencies: latencies(),
    replicationLag: replicationLag(),
    visibilityLag: fc.record({ histogram: histograms(), unapplied: fc.nat({ max: 5 }) }),
    convergenceTime: histograms(),
    anomalies: anomalies(repetition),
    outages: fc.array(outage(repetition), { maxLength: 40, size: 'max' }).map(keepOutages),
    longestOutageMs: fc.nat({ max: 100 }),
    timeline: fc.array(timelineEvent(repetition), { maxLength: 40, size: 'max' }).map(keepTimeline),
    cost: fc.record({ messages: fc.nat(), bytes: fc.nat(), events: fc.nat() }),
  });
}

function histograms(): fc.Arbitrary<EncodedHistogram> {
  return fc.array(fc.oneof(fc.nat({ max: 200 }), fc.maxSafeNat()), { maxLength: 6 }).map((values) => {
    const histogram = new Histogram();
    for (const value of values) histogram.recordNs(value);
    return histogram.encode();
  });
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
    relevant: fc.nat(),
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
    .map((list) => keepWitnesses(list.map(({ id, atMs }) => witness(repetition, id, atMs))));
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
