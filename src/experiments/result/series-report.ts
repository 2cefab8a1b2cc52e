import { SERIES_INTERVALS, sumNsOf, type DurationSeries } from '../../model/interval-columns';
import type { OperationSeries } from '../../model/measurements';
import { OperationColumns, type OperationFigures } from '../../model/operation-columns';
import type { OperationCounts } from './operation-counts';

/** One of the equal intervals of the measured duration, all runs together. */
export interface SeriesInterval {
  /** Simulated ms from the start of the duration: [fromMs, toMs). */
  readonly fromMs: number;
  readonly toMs: number;
  /** Of operations that arrived in it. */
  readonly operations: OperationCounts;
  /** Null when none arrived. */
  readonly okShare: number | null;
  /** OK answers that came in it, per simulated second of a run. */
  readonly answersPerSecond: number;
  /** Of operations that arrived in it and were answered OK; null without one. */
  readonly latencyMsMean: number | null;
  readonly latencyMsMax: number | null;
  /** Applies, at any replica, of writes that were committed in it. */
  readonly applies: number;
  /** Their replication lag; null without one. */
  readonly replicationLagMsMean: number | null;
  readonly replicationLagMsMax: number | null;
}

/** How runs went on, interval by interval. @param runs at least 1 */
export function seriesReport(
  { operations, replicationLag }: { operations: readonly OperationSeries[]; replicationLag: DurationSeries },
  { durationMs, runs }: { readonly durationMs: number; readonly runs: number },
): readonly SeriesInterval[] {
  const joined = new OperationColumns();
  for (const series of operations) joined.addEncoded(series);
  const figures = joined.encode();
  const lengthMs = durationMs / SERIES_INTERVALS;
  return Array.from({ length: SERIES_INTERVALS }, (_, interval) => ({
    fromMs: interval * lengthMs,
    toMs: (interval + 1) * lengthMs,
    ...fared(figures, interval),
    answersPerSecond: (1000 * (figures.answers[interval] ?? 0)) / (lengthMs * runs),
    latencyMsMean: meanMsOf(figures.latency, interval),
    latencyMsMax: maxMsOf(figures.latency, interval),
    applies: replicationLag.count[interval] ?? 0,
    replicationLagMsMean: meanMsOf(replicationLag, interval),
    replicationLagMsMax: maxMsOf(replicationLag, interval),
  }));
}

function fared(
  { latency, ...others }: OperationFigures,
  interval: number,
): Pick<SeriesInterval, 'operations' | 'okShare'> {
  const ok = latency.count[interval] ?? 0;
  const failed = others.failed[interval] ?? 0;
  const unknown = others.unknown[interval] ?? 0;
  const total = ok + failed + unknown;
  return { operations: { total, ok, failed, unknown }, okShare: total === 0 ? null : ok / total };
}

/** Of an interval; null without a sample. */
export function meanMsOf(series: DurationSeries, interval: number): number | null {
  const count = series.count[interval] ?? 0;
  return count === 0 ? null : sumNsOf(series, interval) / count / NS_PER_MS;
}

/** Likewise. */
export function maxMsOf({ count, maxNs }: DurationSeries, interval: number): number | null {
  return (count[interval] ?? 0) === 0 ? null : (maxNs[interval] ?? 0) / NS_PER_MS;
}

const NS_PER_MS = 1_000_000;
