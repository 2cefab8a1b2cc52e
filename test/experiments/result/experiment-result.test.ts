import { describe, expect, it } from '@jest/globals';
import { ExperimentResult } from '../../../src/experiments/result/experiment-result';
import { Histogram, type EncodedHistogram } from '../../../src/model/histogram';
import type { Measurements } from '../../../src/model/measurements';
import { EMPTY_MEASUREMENTS } from '../../../src/model/merge-measurements';

function histogramOf(...milliseconds: readonly number[]): EncodedHistogram {
  const histogram = new Histogram();
  for (const ms of milliseconds) histogram.record(ms);
  return histogram.encode();
}

const MEASUREMENTS: Measurements = {
  ...EMPTY_MEASUREMENTS,
  runs: 3,
  convergedRuns: 2,
  latencies: [
    { kind: 'READ', datacenter: 'seoul', outcome: 'OK', histogram: histogramOf(1, 1, 1) },
    { kind: 'READ', datacenter: 'tokyo', outcome: 'UNKNOWN', histogram: histogramOf(5_000) },
    { kind: 'WRITE', datacenter: 'seoul', outcome: 'FAILED', histogram: histogramOf(9) },
    { kind: 'WRITE', datacenter: 'tokyo', outcome: 'OK', histogram: histogramOf(2, 4) },
  ],
  replicationLag: [
    { replica: 'seoul-2', histogram: histogramOf(10, 20), unapplied: 1 },
    { replica: 'tokyo-1', histogram: histogramOf(30), unapplied: 2 },
  ],
  visibilityLag: { histogram: histogramOf(25), unapplied: 2 },
  convergenceTime: histogramOf(7, 8),
  anomalies: [
    { kind: 'STALE_READ', count: 1, affected: 1, relevant: 4, unjudged: 0, witnesses: [] },
    { kind: 'MONOTONIC_READS', count: 0, affected: 0, relevant: 0, unjudged: 0, witnesses: [] },
  ],
  outages: [{ repetition: 1, datacenter: 'tokyo', fromMs: 10, toMs: 90 }],
  longestOutageMs: 80,
  cost: { ...EMPTY_MEASUREMENTS.cost, logBytes: 5 },
  kStaleness: [6, 0, 2],
  tVisibility: {
    ...EMPTY_MEASUREMENTS.tVisibility,
    delays: [
      { afterNs: 0, reads: 100, missed: 50 },
      { afterNs: 1_000_000, reads: 100, missed: 0 },
    ],
  },
  recoveryTime: { histogram: histogramOf(3_000), unrecovered: 1 },
};

const NO_REPLICATION = [
  { field: 'failoverTimes', reason: 'NO_FAILOVERS' },
  { field: 'dualLeaders.durations', reason: 'NO_DUAL_LEADERS' },
  { field: 'followerRecoverySteps', reason: 'NO_FOLLOWER_RECOVERIES' },
  { field: 'replicaPositions', reason: 'NOT_TOLD_BY_PROTOCOL' },
  { field: 'logBytesByNode', reason: 'NOT_TOLD_BY_PROTOCOL' },
];

describe('a result', () => {
  const result = new ExperimentResult(MEASUREMENTS);

  it('counts operations by outcome, of a kind, of a datacenter', () => {
    expect(result.operations()).toEqual({ total: 7, ok: 5, failed: 1, unknown: 1 });
    expect(result.operations({ kind: 'WRITE' })).toEqual({ total: 3, ok: 2, failed: 1, unknown: 0 });
    expect(result.operations({ datacenter: 'tokyo' })).toEqual({ total: 3, ok: 2, failed: 0, unknown: 1 });
    expect(result.operations({ datacenter: null })).toEqual({ total: 0, ok: 0, failed: 0, unknown: 0 });
  });

  it('merges the lags of all replicas, and gives each one', () => {
    expect(result.replicationLag).toMatchObject({ count: 3, minMs: 10, maxMs: 30, meanMs: 20 });
    expect(result.replicationLagByReplica.map(({ replica, lag }) => [replica, lag.maxMs])).toEqual([
      ['seoul-2', 20],
      ['tokyo-1', 30],
    ]);
    expect(result.unapplied).toBe(3);
  });

  it('gives the latency of operations answered OK unless another outcome is asked for', () => {
    expect(result.operationLatency({ kind: 'WRITE' })).toMatchObject({ count: 2, maxMs: 4 });
    expect(result.operationLatency({ kind: 'WRITE', datacenter: 'seoul' }).count).toBe(0);
    expect(result.operationLatency({ kind: 'WRITE', outcome: 'FAILED' })).toMatchObject({
      count: 1,
      maxMs: 9,
    });
    expect(result.operationLatency({})).toMatchObject({ count: 5 });
  });

  it('gives quantiles and buckets in milliseconds', () => {
    const { replicationLag } = result;
    expect(replicationLag.quantileMs(0.5)).toBeCloseTo(20, 0);
    const buckets = replicationLag.buckets(3);
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect([buckets[0].fromMs, buckets[buckets.length - 1].toMs]).toEqual([
      expect.closeTo(10, 0),
      expect.closeTo(30, 0),
    ]);
  });

  it('gives an anomaly its rate per relevant operation', () => {
    expect(result.anomalies.map(({ kind, rate }) => [kind, rate])).toEqual([
      ['STALE_READ', 0.25],
      ['MONOTONIC_READS', null],
    ]);
  });

  it('gives the share of operations answered OK and the longest outage', () => {
    expect(result.availability).toEqual({
      okShare: 5 / 7,
      longestOutageMs: 80,
      outages: MEASUREMENTS.outages,
      byDatacenter: [
        { datacenter: 'seoul', operations: 4, okShare: 3 / 4 },
        { datacenter: 'tokyo', operations: 3, okShare: 2 / 3 },
      ],
    });
  });

  it('gives the share of reads by how many versions they were behind', () => {
    expect(result.kStaleness.map(({ k, orMore, reads, share }) => [k, orMore, reads, share])).toEqual([
      [0, false, 6, 0.75],
      [1, false, 0, 0],
      [2, false, 2, 0.25],
    ]);
  });

  it('gives the time from faults to the next acknowledged write, and the faults without one', () => {
    expect([result.recoveryTime.maxMs, result.unrecovered]).toEqual([3_000, 1]);
  });

  it('has converged only if every run has', () => {
    expect(result.converged).toBe(false);
    expect(new ExperimentResult({ ...MEASUREMENTS, convergedRuns: 3 }).converged).toBe(true);
  });

  it('says why a figure is absent, and nothing of those that are there', () => {
    expect(result.absentReasons).toEqual([
      { field: 'anomalies.MONOTONIC_READS.rate', reason: 'NO_RELEVANT_OPERATIONS' },
      ...NO_REPLICATION,
    ]);
  });
});

describe('a result before the first run has ended', () => {
  const result = new ExperimentResult(EMPTY_MEASUREMENTS);

  it('has no figures, each with the reason', () => {
    expect([result.converged, result.availability.okShare, result.availability.longestOutageMs]).toEqual([
      null,
      null,
      null,
    ]);
    expect(result.replicationLag.quantileMs(0.5)).toBeNull();
    expect(new Set(result.absentReasons.map(({ reason }) => reason))).toEqual(new Set(['NO_RUN_FINISHED']));
    expect(result.absentReasons.map(({ field }) => field)).toContain('replicationLag');
  });
});

describe('a result of runs in which nothing happened', () => {
  const result = new ExperimentResult({ ...EMPTY_MEASUREMENTS, runs: 1 });

  it('says that there was nothing to measure', () => {
    expect(result.absentReasons).toEqual([
      { field: 'availability.okShare', reason: 'NO_OPERATIONS' },
      { field: 'operationLatency', reason: 'NO_OPERATIONS' },
      { field: 'replicationLag', reason: 'NO_REPLICATED_WRITES' },
      { field: 'visibilityLag', reason: 'NO_ACKNOWLEDGED_WRITES' },
      { field: 'convergenceTime', reason: 'NO_RUN_CONVERGED' },
      { field: 'kStaleness', reason: 'NO_READS' },
      { field: 'tVisibility', reason: 'NO_READS_AFTER_WRITES' },
      { field: 'recoveryTime', reason: 'NO_FAULTS' },
      { field: 'cost.logBytes', reason: 'NOT_TOLD_BY_PROTOCOL' },
      ...NO_REPLICATION,
    ]);
  });

  it('says of faults after which no write was acknowledged that nothing recovered', () => {
    const { absentReasons } = new ExperimentResult({
      ...MEASUREMENTS,
      recoveryTime: { ...EMPTY_MEASUREMENTS.recoveryTime, unrecovered: 2 },
    });
    expect(absentReasons).toContainEqual({ field: 'recoveryTime', reason: 'NOT_RECOVERED' });
  });

  it('says on which side of what was measured a t-visibility lies', () => {
    const delays = [
      { afterNs: 0, reads: 1_000, missed: 5 },
      { afterNs: 1, reads: 1_000, missed: 2 },
    ];
    const { absentReasons } = new ExperimentResult({
      ...MEASUREMENTS,
      tVisibility: { ...MEASUREMENTS.tVisibility, delays },
    });
    expect(absentReasons).toContainEqual({
      field: 'tVisibilityMs(probability: 0.99)',
      reason: 'BEFORE_FIRST_DELAY',
    });
    expect(absentReasons).toContainEqual({
      field: 'tVisibilityMs(probability: 0.999)',
      reason: 'BEYOND_LAST_DELAY',
    });
  });

  it('says of a replica that never applied anything that it did not', () => {
    const silent = { replica: 'tokyo-1', histogram: histogramOf(), unapplied: 4 };
    const { absentReasons } = new ExperimentResult({ ...MEASUREMENTS, replicationLag: [silent] });
    expect(absentReasons).toContainEqual({ field: 'replicationLag', reason: 'NOTHING_APPLIED' });
    expect(absentReasons).toContainEqual({
      field: 'replicationLagByReplica.tokyo-1',
      reason: 'NOTHING_APPLIED',
    });
  });
});
