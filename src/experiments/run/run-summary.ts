import type { AnomalyKind } from '../../model/anomaly';
import type { Measurements } from '../../model/measurements';
import type { DurationDistribution } from '../result/duration-distribution';
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
    convergenceMs: result.convergenceTime.maxMs,
    replicationLag: figuresOf(result.replicationLag),
    visibilityLag: figuresOf(result.visibilityLag),
    readLatency: figuresOf(result.operationLatency({ kind: 'READ' })),
    writeLatency: figuresOf(result.operationLatency({ kind: 'WRITE' })),
    longestOutageMs: measurements.longestOutageMs,
    anomalies: measurements.anomalies.map(({ kind, count, relevant }) => ({ kind, count, relevant })),
    cost: measurements.cost,
  };
}

function figuresOf(distribution: DurationDistribution): DurationFigures {
  return {
    count: distribution.count,
    meanMs: distribution.meanMs,
    p50Ms: distribution.quantileMs(0.5),
    p99Ms: distribution.quantileMs(0.99),
    maxMs: distribution.maxMs,
  };
}
