import type { AnomalyKind } from '../../model/anomaly';
import type { Measurements } from '../../model/measurements';
import { Histogram, type EncodedHistogram } from '../../model/histogram';
import { quantileNs } from '../../model/encoded-quantile';
import type { OperationKind } from '../../model/operation';
import { ExperimentResult } from '../result/experiment-result';
import type { OperationCounts } from '../result/operation-counts';

/** Figures of one distribution, milliseconds; null figures where there is no sample. */
export interface DurationFigures {
  readonly count: number;
  readonly meanMs: number | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
}

/** One run in a few numbers: what an interval of confidence over repetitions is computed from. Plain data. */
export interface RunSummary {
  readonly repetition: number;
  /** The run's own seed, decimal. */
  readonly seed: string;
  /** Rolling hash of everything that was recorded of the run, 32 hexadecimal digits. */
  readonly runHash: string;
  readonly operations: OperationCounts;
  readonly converged: boolean;
  /** Its budget of events was used up before its end: the figures are of what it had until then. */
  readonly truncated: boolean;
  /** Null when it did not converge. */
  readonly convergenceMs: number | null;
  readonly replicationLag: DurationFigures;
  readonly visibilityLag: DurationFigures;
  /** Of operations answered OK. */
  readonly readLatency: DurationFigures;
  readonly writeLatency: DurationFigures;
  readonly longestOutageMs: number;
  readonly anomalies: readonly {
    readonly kind: AnomalyKind;
    readonly count: number;
    readonly relevant: number;
  }[];
  readonly cost: Measurements['cost'];
  readonly failovers: number;
  /** From faults to the first write that the new leader acknowledged, of the failovers that have both. */
  readonly failoverRecovery: DurationFigures;
  /** The time in which a shard had two leaders or more, all shards together. */
  readonly dualLeadersMs: number;
}

/** What a run is known by. */
export interface RunIdentity {
  readonly repetition: number;
  /** The run's own. */
  readonly seed: bigint;
  readonly runHash: string;
}

/** @param measurements of that one run */
export function summarize(
  measurements: Measurements,
  { repetition, seed, runHash }: RunIdentity,
): RunSummary {
  const result = new ExperimentResult(measurements);
  return {
    repetition,
    seed: seed.toString(),
    runHash,
    operations: result.operations(),
    converged: result.converged === true,
    truncated: measurements.truncatedRuns > 0,
    convergenceMs: inMs(measurements.convergenceTime.maxNs),
    replicationLag: figuresOf(measurements.replicationLag),
    visibilityLag: figuresOf([measurements.visibilityLag]),
    readLatency: figuresOf(answered(measurements, 'READ')),
    writeLatency: figuresOf(answered(measurements, 'WRITE')),
    longestOutageMs: measurements.longestOutageMs,
    anomalies: measurements.anomalies.map(({ kind, count, relevant }) => ({ kind, count, relevant })),
    cost: measurements.cost,
    failovers: measurements.failovers.count,
    failoverRecovery: figuresOf([{ histogram: measurements.failovers.times.recovery }]),
    dualLeadersMs: Number(measurements.dualLeaders.durations.sumNs) / NS_PER_MS,
  };
}

function answered({ latencies }: Measurements, kind: OperationKind): readonly HasHistogram[] {
  return latencies.filter((latency) => latency.kind === kind && latency.outcome === 'OK');
}

interface HasHistogram {
  readonly histogram: EncodedHistogram;
}

/** From the encoding as it is: to unfold histograms for four figures would cost a short run a tenth of its time. */
function figuresOf(parts: readonly HasHistogram[]): DurationFigures {
  const whole = parts.length === 1 ? parts[0].histogram : together(parts);
  const { count, sumNs, maxNs } = whole;
  return {
    count,
    meanMs: count === 0 ? null : Number(sumNs) / count / NS_PER_MS,
    p50Ms: inMs(quantileNs(whole, 0.5)),
    p99Ms: inMs(quantileNs(whole, 0.99)),
    maxMs: inMs(maxNs),
  };
}

function together(parts: readonly HasHistogram[]): EncodedHistogram {
  const whole = new Histogram();
  for (const { histogram } of parts) whole.addEncoded(histogram);
  return whole.encode();
}

const NS_PER_MS = 1_000_000;

function inMs(ns: number | null): number | null {
  return ns === null ? null : ns / NS_PER_MS;
}
