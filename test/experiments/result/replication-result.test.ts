import { describe, expect, it } from '@jest/globals';
import { absentReasonsOf } from '../../../src/experiments/result/absent-reasons';
import { ReplicationResult } from '../../../src/experiments/result/replication-result';
import { Histogram, type EncodedHistogram } from '../../../src/model/histogram';
import { EMPTY_MEASUREMENTS } from '../../../src/model/merge-measurements';
import { PositionColumns } from '../../../src/model/position-columns';
import type { ReplicationMeasurements } from '../../../src/model/replication-measurements';

function histogramOf(...milliseconds: readonly number[]): EncodedHistogram {
  const histogram = new Histogram();
  for (const ms of milliseconds) histogram.record(ms);
  return histogram.encode();
}

function resultOf(measured: Partial<ReplicationMeasurements>): ReplicationResult {
  return new ReplicationResult({ ...EMPTY_MEASUREMENTS, ...measured });
}

function replica() {
  const columns = new PositionColumns();
  const figures = { node: 1, upstream: 0, sentLsn: 9, writeLsn: 8, flushLsn: 7, leaderLsn: 10 };
  columns.add(1, { ...figures, replayLsn: 4, lagBytes: 600, lagMs: 3 });
  columns.add(1, { ...figures, replayLsn: 6, lagBytes: 400, lagMs: 1 });
  return { replica: 'b', ...columns.encode() };
}

describe('what a result says of leaders and followers', () => {
  it('gives the time with two leaders, all of it and the longest', () => {
    const { durations, ...figures } = resultOf({
      dualLeaders: { durations: histogramOf(10, 30), olderSideWrites: 5, olderSideLost: 2 },
    }).dualLeaders;
    expect(durations.count).toBe(2);
    expect(figures).toEqual({ totalMs: 40, longestMs: 30, olderSideWrites: 5, olderSideLost: 2 });
    expect(resultOf({}).dualLeaders).toMatchObject({ totalMs: 0, longestMs: 0 });
  });

  it('gives each node its share of the operations of a kind', () => {
    const servedOperations = [
      { node: 'a', kind: 'READ', count: 1 },
      { node: 'a', kind: 'WRITE', count: 7 },
      { node: 'b', kind: 'READ', count: 3 },
    ] as const;
    expect(resultOf({ servedOperations }).servedOperations.map(({ share }) => share)).toEqual([
      0.25, 1, 0.75,
    ]);
  });

  it('gives means and maxima of positions by interval, and nothing where nothing was sampled', () => {
    const positions = { ...EMPTY_MEASUREMENTS.positions, replicas: [replica()] };
    const [{ replica: name, intervals }] = resultOf({ positions }).replicaPositions(1_000);
    expect([name, intervals.length]).toEqual(['b', 100]);
    expect(intervals[1]).toEqual({
      fromMs: 10,
      toMs: 20,
      samples: 2,
      sentLsnMean: 9,
      writeLsnMean: 8,
      flushLsnMean: 7,
      replayLsnMean: 5,
      leaderLsnMean: 10,
      lagBytesMean: 500,
      lagBytesMax: 600,
      lagMsMean: 2,
      lagMsMax: 3,
      lagWritesMean: 5,
      lagWritesMax: 6,
    });
    expect(intervals[2]).toMatchObject({ samples: 0, sentLsnMean: null, lagBytesMax: null, lagMsMean: null });
  });

  it('gives the mean of the log that a node retained by interval, and the most', () => {
    const logBytes = [{ node: 'a', sumBytes: [10, 30], maxBytes: 20 }];
    const positions = { samples: [2, 2, 1], replicas: [], logBytes };
    const [{ bytesMax, intervals }] = resultOf({ positions }).logBytesByNode(100);
    expect([bytesMax, ...intervals.slice(0, 4).map(({ bytesMean }) => bytesMean)]).toEqual([
      20,
      5,
      15,
      0,
      null,
    ]);
  });
});

describe('the reasons why failovers lack a figure', () => {
  const { times, first } = EMPTY_MEASUREMENTS.failovers;
  const some = histogramOf(1);

  function reasons(measured: Partial<typeof times>, count = 1): readonly string[] {
    const failovers = { count, first, times: { ...times, election: some, promotion: some, ...measured } };
    return absentReasonsOf({ ...EMPTY_MEASUREMENTS, runs: 1, failovers })
      .filter(({ field }) => field.startsWith('failoverTimes'))
      .map(({ field, reason }) => `${field}: ${reason}`);
  }

  it('are that there was none, no fault, or no write afterwards', () => {
    expect(reasons({}, 0)).toEqual(['failoverTimes: NO_FAILOVERS']);
    expect(reasons({ detection: some, redirection: some, recovery: some })).toEqual([]);
    expect(reasons({ redirection: some })).toEqual([
      'failoverTimes.detection: NO_FAULTS',
      'failoverTimes.recovery: NO_FAULTS',
    ]);
    expect(reasons({ detection: some })).toEqual([
      'failoverTimes.redirection: NOT_RECOVERED',
      'failoverTimes.recovery: NOT_RECOVERED',
    ]);
  });
});
