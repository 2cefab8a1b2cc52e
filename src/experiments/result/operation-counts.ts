import type { LatencyMeasurement } from '../../model/measurements';
import type { Outcome } from '../../model/operation';

/** How many operations ended how; of those that arrived in the measured duration. */
export interface OperationCounts {
  readonly total: number;
  readonly ok: number;
  readonly failed: number;
  readonly unknown: number;
}

/** Every operation has a latency, so those count them. */
export function countOperations(latencies: readonly LatencyMeasurement[]): OperationCounts {
  const ok = countOf(latencies, 'OK');
  const failed = countOf(latencies, 'FAILED');
  const unknown = countOf(latencies, 'UNKNOWN');
  return { total: ok + failed + unknown, ok, failed, unknown };
}

function countOf(latencies: readonly LatencyMeasurement[], outcome: Outcome): number {
  return latencies.reduce(
    (sum, latency) => sum + (latency.outcome === outcome ? latency.histogram.count : 0),
    0,
  );
}
