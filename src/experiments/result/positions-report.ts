import { SERIES_INTERVALS, type Column } from '../../model/interval-columns';
import type {
  FigureSeries,
  LogBytesSeries,
  Positions,
  ReplicaPositionSeries,
} from '../../model/position-columns';
import { maxMsOf, meanMsOf } from './series-report';

/** How far a replica was in one of the equal intervals of the measured duration; null where nothing was sampled. */
export interface PositionInterval {
  /** Simulated ms from the start of the duration: [fromMs, toMs). */
  readonly fromMs: number;
  readonly toMs: number;
  /** Of all runs and shards. */
  readonly samples: number;
  readonly sentLsnMean: number | null;
  readonly writeLsnMean: number | null;
  readonly flushLsnMean: number | null;
  readonly replayLsnMean: number | null;
  readonly leaderLsnMean: number | null;
  readonly lagBytesMean: number | null;
  readonly lagBytesMax: number | null;
  readonly lagMsMean: number | null;
  readonly lagMsMax: number | null;
  readonly lagWritesMean: number | null;
  readonly lagWritesMax: number | null;
}

export interface ReplicaPositionsReport {
  readonly replica: string;
  readonly intervals: readonly PositionInterval[];
}

export interface LogBytesInterval {
  readonly fromMs: number;
  readonly toMs: number;
  /** Null where nothing was sampled. */
  readonly bytesMean: number | null;
}

export interface LogBytesReport {
  readonly node: string;
  readonly bytesMax: number;
  readonly intervals: readonly LogBytesInterval[];
}

/** By the replica's name, interval by interval. */
export function positionsReport(
  { replicas }: Positions,
  durationMs: number,
): readonly ReplicaPositionsReport[] {
  return replicas.map((series) => ({
    replica: series.replica,
    intervals: intervalsOf(durationMs).map((bounds, interval) => ({
      ...bounds,
      ...figuresAt(series, interval),
    })),
  }));
}

/** By the node's name, interval by interval. */
export function logBytesReport(
  { logBytes, samples }: Positions,
  durationMs: number,
): readonly LogBytesReport[] {
  return logBytes.map(({ node, maxBytes, sumBytes }: LogBytesSeries) => ({
    node,
    bytesMax: maxBytes,
    intervals: intervalsOf(durationMs).map((bounds, interval) => ({
      ...bounds,
      bytesMean: meanAt(sumBytes, samples, interval),
    })),
  }));
}

function intervalsOf(durationMs: number): readonly { readonly fromMs: number; readonly toMs: number }[] {
  const lengthMs = durationMs / SERIES_INTERVALS;
  return Array.from({ length: SERIES_INTERVALS }, (_, interval) => ({
    fromMs: interval * lengthMs,
    toMs: (interval + 1) * lengthMs,
  }));
}

function figuresAt(
  series: ReplicaPositionSeries,
  interval: number,
): Omit<PositionInterval, 'fromMs' | 'toMs'> {
  const { count } = series.lag;
  const mean = (column: Column): number | null => meanAt(column, count, interval);
  const max = ({ max: column }: FigureSeries): number | null =>
    (count[interval] ?? 0) === 0 ? null : (column[interval] ?? 0);
  return {
    samples: count[interval] ?? 0,
    sentLsnMean: mean(series.sentLsn),
    writeLsnMean: mean(series.writeLsn),
    flushLsnMean: mean(series.flushLsn),
    replayLsnMean: mean(series.replayLsn),
    leaderLsnMean: mean(series.leaderLsn),
    lagBytesMean: mean(series.lagBytes.sum),
    lagBytesMax: max(series.lagBytes),
    lagMsMean: meanMsOf(series.lag, interval),
    lagMsMax: maxMsOf(series.lag, interval),
    lagWritesMean: mean(series.lagWrites.sum),
    lagWritesMax: max(series.lagWrites),
  };
}

function meanAt(sums: Column, counts: Column, interval: number): number | null {
  const count = counts[interval] ?? 0;
  return count === 0 ? null : (sums[interval] ?? 0) / count;
}
